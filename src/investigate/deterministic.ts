import { canonicalJson, sha256 } from '../domain/canonical.ts';
import { matches } from '../domain/condition.ts';
import type { AlertEntity, Entity } from '../domain/entity.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Incident } from '../domain/incident.ts';
import type { AlertView } from '../domain/incident-view.ts';
import type { Playbook, PlaybookStep, Policy } from '../domain/policy.ts';
import type { Claim, Report } from '../domain/report.ts';
import type { Facts } from '../ports.ts';
import type { Tool, ToolContext } from './tool.ts';

export interface InvestigationInput {
  incident: Incident;
  alerts: AlertView[];
  /** Distinct alerts in all; more than `alerts` when not all are loaded. */
  alertTotal: number;
  entities: (AlertEntity & { alerts: number })[];
  policy: Policy;
  /** Evidence there is already; equal questions with equal answers are not recorded twice. */
  evidence: Evidence[];
  facts: Facts;
  tools: ReadonlyMap<string, Tool>;
  now: Date;
}

export interface Investigation {
  report: Report;
  /** What is new; ids go on from those there are. */
  evidence: Evidence[];
}

/** Tool calls one investigation makes at most, and how many entities or alerts one step looks at. */
const callLimit = 60;
const eachLimit = 12;

/**
 * Runs the tool plan of the first playbook that fits and writes down what came of it. It concludes nothing: the
 * verdict is `not-assessed` unless an exact policy rule gives one.
 */
export async function investigateDeterministically(input: InvestigationInput): Promise<Investigation> {
  const playbook = playbookOf(input);
  const calls = playbook.steps.flatMap((step) => callsOf(step, input)).slice(0, callLimit);
  const known = new Map(input.evidence.map((e) => [e.hash, e]));
  const answered: Evidence[] = [];
  const fresh: Evidence[] = [];
  for (const call of calls) {
    const evidence = await ask(call, input, input.evidence.length + fresh.length + 1);
    const same = known.get(evidence.hash);
    answered.push(same ?? evidence);
    if (same) continue;
    known.set(evidence.hash, evidence);
    fresh.push(evidence);
  }
  return { report: reportOf(input, playbook, answered), evidence: fresh };
}

const emptyPlaybook: Playbook = {
  id: 'none',
  when: {},
  steps: [],
  questions: [],
  body: '',
  origin: { path: '(no playbook fits)', line: 1 },
};

/** The first playbook, most specific first, that some alert of the incident is meant by. */
function playbookOf(input: InvestigationInput): Playbook {
  const effectiveSeverity = input.incident.severity;
  return (
    input.policy.playbooks.find((p) => input.alerts.some((a) => matches(p.when, { ...a, effectiveSeverity }))) ??
    emptyPlaybook
  );
}

interface Call {
  tool: string;
  args: Record<string, unknown>;
}

function callsOf(step: PlaybookStep, input: InvestigationInput): Call[] {
  const { tool, args } = step;
  if (step.each === 'incident') return [{ tool, args }];
  if (step.each === 'alert')
    return input.alerts.slice(0, eachLimit).map((a) => ({ tool, args: { ...args, alert: a.id } }));
  const types = step.each;
  return input.entities
    .filter((e) => types.includes(e.type))
    .slice(0, eachLimit)
    .map(({ type, value }) => ({ tool, args: { ...args, entity: { type, value } satisfies Entity } }));
}

async function ask(call: Call, input: InvestigationInput, number: number): Promise<Evidence> {
  const answer = await run(call, input);
  const query = call.args;
  return {
    id: `E${number}`,
    incidentId: input.incident.id,
    tool: call.tool,
    query,
    ...answer,
    at: input.now,
    hash: sha256(canonicalJson([call.tool, query, answer.outcome, answer.result])),
  };
}

type Answer = Pick<Evidence, 'outcome' | 'summary' | 'result' | 'trust'>;

/** A tool that is missing, refuses its arguments or fails could not look; it never ends the investigation. */
async function run(call: Call, input: InvestigationInput): Promise<Answer> {
  const tool = input.tools.get(call.tool);
  const blind = (why: string) =>
    ({ outcome: 'could-not-look', summary: [`${call.tool}: ${why}`], result: null, trust: 'own' }) satisfies Answer;
  if (!tool) return blind('there is no such tool');
  const args = tool.args.safeParse(call.args);
  if (!args.success) return blind('the playbook gives it arguments it does not take');
  const { incident, alerts, entities, policy, facts, now } = input;
  const context: ToolContext = { incident, alerts, entities, policy, facts, now };
  try {
    return await tool.run(args.data, context);
  } catch {
    return blind('it failed; the log of the app has the reason');
  }
}

function reportOf(input: InvestigationInput, playbook: Playbook, answered: Evidence[]): Report {
  const rule = verdictRuleOf(input);
  const found = answered.filter((e) => e.outcome === 'found' && e.tool !== 'raw-record');
  const nothing = answered.filter((e) => e.outcome === 'nothing');
  const raw = answered.filter((e) => e.outcome === 'found' && e.tool === 'raw-record');
  const claims: Claim[] = found.map((e) => ({ text: e.summary, evidence: [e.id] }));
  if (nothing.length > 0)
    claims.push({
      text: [`Looked, found nothing: ${[...new Set(nothing.map((e) => readable[e.tool] ?? e.tool))].join(', ')}`],
      evidence: nothing.map((e) => e.id),
    });
  if (raw.length > 0) claims.push({ text: [`Raw records kept: ${raw.length}`], evidence: raw.map((e) => e.id) });
  return {
    verdict: rule?.verdict ?? 'not-assessed',
    ...(rule ? { verdictBy: `${rule.origin.path}:${rule.origin.line}`, because: rule.because } : {}),
    claims,
    questions: playbook.questions,
    playbook: playbook.id,
    policyCommit: input.policy.commit,
    investigator: 'deterministic',
    at: input.now.toISOString(),
  };
}

/** What a tool looked for, when it found nothing. */
const readable: Record<string, string> = {
  'entity-alerts': 'other incidents with these entities',
  'similar-incidents': 'similar closed incidents',
  'organization-context': 'what the organization says about them',
};

/** A verdict only when every alert of the incident is meant by a rule: one that is not makes it a different story. */
function verdictRuleOf(input: InvestigationInput) {
  if (input.alerts.length === 0 || input.alertTotal > input.alerts.length) return undefined;
  return input.policy.verdictRules.find((rule) => input.alerts.every((a) => matches(rule.when, a)));
}
