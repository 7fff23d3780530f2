import type { TextBlock } from '../../ports/model.ts';
import { askAnswer, type ReportAnswer, reportAnswer } from '../gates/model-answer.ts';
import { planAnswer, replanAnswer, type Task } from './answers.ts';
import { evidenceBlock, organizationBlock, trustedBlock, untrustedBlock } from './blocks.ts';
import type { Brief, EvidenceView } from './brief.ts';
import { structured } from './structured.ts';
import { type Desk, Enough } from './turn.ts';
import { workOn } from './work-on.ts';

/** Rounds of tasks, and tasks of a round, at most. With plan, replans and report that is at most ten phases. */
const roundLimit = 4;
const taskLimit = 4;

/**
 * Plan, tasks, replan, report. What it returns is what the model said, unchecked: the gates stand on the other side.
 * Throws `Enough` when not even the report can be paid for, `Refused`, `Shapeless` or `ModelError`.
 */
export async function investigate(desk: Desk): Promise<unknown> {
  const { brief, prompts, host } = desk;
  let evidence = brief.evidence;
  let round = 0;
  try {
    let { tasks } = await structured(desk, {
      key: 'plan',
      prompt: prompts.plan,
      blocks: [...planned(brief), done(brief.evidence)],
      output: planAnswer,
    });
    while (tasks.length > 0 && round < roundLimit) {
      round += 1;
      await allOf(
        tasks.slice(0, taskLimit).map((task, k) => workOn(desk, `${round}.${k + 1}`, task, known(brief, evidence))),
      );
      evidence = await host.evidence(round);
      if (round === roundLimit) break;
      tasks = await replan(desk, round, evidence);
    }
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
    evidence = await host.evidence(round);
  }
  const report = {
    prompt: prompts.report,
    blocks: known(brief, evidence),
    output: reportAnswer,
    last: true,
  };
  const first = await structured(desk, { ...report, key: 'report' });
  if (!worthMore(brief, first)) return first;
  try {
    // Another model starts from the evidence: nothing that one thought is shown to it.
    return await structured(desk, {
      ...report,
      key: 'report.escalated',
      prompt: { ...prompts.report, tier: 'escalate' },
    });
  } catch (error) {
    if (desk.signal.aborted) throw error;
    return first;
  }
}

/** Whether a report is worth asking the strongest model for: it matters, and the first could not say. */
function worthMore({ trusted, escalates = false }: Brief, report: ReportAnswer): boolean {
  const grave = trusted.severity === 'high' || trusted.severity === 'critical';
  return escalates && grave && (report.verdict === 'insufficient-data' || report.confidence === 'low');
}

/** One question of a person: one task with every tool, then the answer. */
export async function answer(desk: Desk): Promise<unknown> {
  const { brief, prompts, host } = desk;
  const task: Task = {
    question: brief.focus ?? '',
    tools: brief.tools.map((tool) => tool.name),
    done_when: 'The question can be answered from evidence, or it is clear that it cannot.',
  };
  try {
    await workOn(desk, '1.1', task, known(brief, brief.evidence));
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  const evidence = await host.evidence(1);
  return structured(desk, {
    key: 'answer',
    prompt: prompts.ask,
    blocks: known(brief, evidence),
    output: askAnswer,
    last: true,
  });
}

async function replan(desk: Desk, round: number, evidence: EvidenceView[]): Promise<Task[]> {
  const { tasks } = await structured(desk, {
    key: `replan.${round}`,
    prompt: desk.prompts.replan,
    blocks: known(desk.brief, evidence),
    output: replanAnswer,
  });
  return tasks;
}

/** All end before the first failure is told: none goes on behind the back of what follows. */
async function allOf(work: Promise<void>[]): Promise<void> {
  const ended = await Promise.allSettled(work);
  const failed = ended.filter((one) => one.status === 'rejected').map((one): unknown => one.reason);
  const worst = failed.find((reason) => !(reason instanceof Enough)) ?? failed[0];
  if (worst !== undefined) throw worst;
}

/** What the plan is made from: nothing an attacker can write. */
function planned(brief: Brief): TextBlock[] {
  return [organizationBlock(brief), trustedBlock(brief), toolsBlock(brief)];
}

function known(brief: Brief, evidence: EvidenceView[]): TextBlock[] {
  return [
    organizationBlock(brief),
    trustedBlock(brief),
    untrustedBlock(brief.marker, 'What the products and the alerts say.', brief.untrusted),
    evidenceBlock(brief.marker, evidence),
  ];
}

function toolsBlock({ tools }: Brief): TextBlock {
  return { type: 'text', text: `Tools:\n${tools.map((tool) => `- ${tool.name}: ${tool.summary}`).join('\n')}` };
}

/** What was asked already, without a word of the answers. */
function done(evidence: EvidenceView[]): TextBlock {
  const asked = Object.entries(Object.groupBy(evidence, (e) => `${e.tool}: ${e.outcome}`));
  const lines = asked.map(([what, all]) => `- ${what} (${all?.length ?? 0})`);
  return { type: 'text', text: `Asked before you, by the playbook:\n${lines.join('\n') || '(nothing)'}` };
}
