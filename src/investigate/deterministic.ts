import { matches } from '../domain/condition.ts';
import type { AlertEntity, Entity } from '../domain/entity.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Incident } from '../domain/incident.ts';
import type { AlertView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import type { Playbook, PlaybookStep, Policy } from '../domain/policy.ts';
import type { Claim, Report } from '../domain/report.ts';
import { investigationWords } from '../messages/investigation.ts';
import { toolWords } from '../messages/tools.ts';
import type { Facts } from '../ports/facts.ts';
import { askTool, type Finding, findingOf } from './ask-tool.ts';
import type { Tool } from './tool.ts';

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
  /** What evidence and report are written in. */
  language: Language;
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
  const planned = playbook.steps.map((step) => callsOf(step, input));
  const calls = planned.flatMap((step) => step.slice(0, eachLimit)).slice(0, callLimit);
  const left = planned.reduce((sum, step) => sum + step.length, 0) - calls.length;
  const known = new Map(input.evidence.map((e) => [e.hash, e]));
  const answered: Evidence[] = [];
  const fresh: Evidence[] = [];
  const record = (finding: Finding): void => {
    const same = known.get(finding.hash);
    const id = `E${input.evidence.length + fresh.length + 1}`;
    const evidence = same ?? { ...finding, id, incidentId: input.incident.id };
    answered.push(evidence);
    if (same) return;
    known.set(evidence.hash, evidence);
    fresh.push(evidence);
  };
  const { incident, alerts, entities, policy, facts, language, now } = input;
  const context = { incident, alerts, entities, policy, facts, language, now };
  for (const call of calls) record(await askTool(call, input.tools, context));
  if (left > 0) record(outOfBudget(left, language, now));
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
export function playbookOf(input: Pick<InvestigationInput, 'incident' | 'policy' | 'alerts'>): Playbook {
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
  if (step.each === 'alert') return input.alerts.map((a) => ({ tool, args: { ...args, alert: a.id } }));
  const types = step.each;
  return input.entities
    .filter((e) => types.includes(e.type))
    .map(({ type, value }) => ({ tool, args: { ...args, entity: { type, value } satisfies Entity } }));
}

/** What was not asked is neither "nothing found" nor a tool that failed. */
function outOfBudget(left: number, language: Language, at: Date): Finding {
  const summary = [toolWords(language).budgetOut(left)];
  const answer = { outcome: 'could-not-look', summary, result: null, trust: 'own' } as const;
  return findingOf({ tool: 'budget', args: { left } }, answer, at);
}

function reportOf(input: InvestigationInput, playbook: Playbook, answered: Evidence[]): Report {
  const words = investigationWords(input.language);
  const rule = verdictRuleOf(input);
  const found = answered.filter((e) => e.outcome === 'found' && e.tool !== 'raw-record');
  const nothing = answered.filter((e) => e.outcome === 'nothing');
  const raw = answered.filter((e) => e.outcome === 'found' && e.tool === 'raw-record');
  const claims: Claim[] = found.map((e) => ({ text: e.summary, evidence: [e.id] }));
  if (nothing.length > 0)
    claims.push({
      text: [words.nothing([...new Set(nothing.map((e) => sought(e.tool, words)))])],
      evidence: nothing.map((e) => e.id),
    });
  if (raw.length > 0) claims.push({ text: [words.records(raw.length)], evidence: raw.map((e) => e.id) });
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
function sought(tool: string, words: ReturnType<typeof investigationWords>): string {
  if (tool === 'entity-alerts') return words.otherIncidents;
  if (tool === 'similar-incidents') return words.similarIncidents;
  return tool === 'organization-context' ? words.context : tool;
}

/** A verdict only when every alert of the incident is meant by a rule: one that is not makes it a different story. */
function verdictRuleOf(input: InvestigationInput) {
  if (input.alerts.length === 0 || input.alertTotal > input.alerts.length) return undefined;
  return input.policy.verdictRules.find((rule) => input.alerts.every((a) => matches(rule.when, a)));
}
