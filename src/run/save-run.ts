import type { ModelRun } from '../domain/assessment.ts';
import { clean } from '../domain/clean.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { Language } from '../domain/locale.ts';
import type { Report } from '../domain/report.ts';
import type { Brief } from '../investigate/agent/brief.ts';
import { type Prompts, promptIds } from '../investigate/agent/brief.ts';
import type { Ran } from '../investigate/agent/order.ts';
import { techniques } from '../investigate/attack/techniques.ts';
import { composeReport, type Outcome } from '../investigate/compose.ts';
import { gateAsk } from '../investigate/gates/ask-gate.ts';
import { groundOf } from '../investigate/gates/ground.ts';
import { askAnswer, reportAnswer } from '../investigate/gates/model-answer.ts';
import { gateReport } from '../investigate/gates/report-gate.ts';
import type { Offer } from '../investigate/gates/report-parts.ts';
import { investigationWords } from '../messages/investigation.ts';
import type { Clock } from '../ports/clock.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Sql, Store } from '../ports/store.ts';
import { askComment } from '../publish/ask-comment.ts';
import { reportComment } from '../publish/report-comment.ts';
import { loadIncidentView } from '../store/incident-view.ts';
import { endRun, type InvestigationRow, isUnderWay } from '../store/investigations.ts';
import { usedBy } from '../store/journal.ts';
import { appendLedger } from '../store/ledger.ts';
import { markDirty, say } from '../store/publications.ts';
import { plantedIn } from './planted-in.ts';

/** What a run was given, as it stands in its row. */
export interface Orders {
  brief: Brief;
  offers: Offer[];
}

interface Ended {
  orders: Orders;
  prompts: Prompts;
  ran: Ran;
}

/** Ends a run: what the model said goes through the gates, and what is left is stored and published, in one transaction. */
export async function saveRun(
  deps: { store: Store; clock: Clock; policy: PolicySource },
  row: InvestigationRow,
  ended: Ended,
): Promise<void> {
  const now = deps.clock.now();
  await deps.store.transaction(async (tx) => {
    await tx.query('select 1 from incident where id = $1 for no key update', [row.incidentId]);
    if (!(await isUnderWay(tx, row.id))) return;
    const view = await loadIncidentView(tx, row.incidentId, { policy: deps.policy, now });
    if (!view) return;
    const model = await modelRun(tx, row.id, ended.prompts, row.kind);
    const work = { tx, row, ended, view, model, now, policy: deps.policy };
    if (row.kind === 'ask') await saveAnswer(work);
    else await saveReport(work);
  });
}

interface Work {
  tx: Sql;
  row: InvestigationRow;
  ended: Ended;
  view: IncidentView;
  model: ModelRun;
  now: Date;
  policy: PolicySource;
}

async function saveReport({ tx, row, ended, view, model, now, policy }: Work): Promise<void> {
  const inForce = policy.current();
  const outcome = outcomeOf(view, ended, model, now);
  const report = composeReport(plain(view.report, inForce.commit, now), outcome, plantedIn(view), view.policy.language);
  await endRun(tx, row.id, { status: statusOf(ended.ran), outcome: clean(outcome), at: now });
  await tx.query('update incident set report = $2::jsonb where id = $1', [
    row.incidentId,
    JSON.stringify(clean(report)),
  ]);
  const priority = view.incident.severity === 'high' || view.incident.severity === 'critical' ? 2 : 0;
  const text = reportComment(
    { ...view, report },
    { report, evidence: [] as Evidence[] },
    view.recommendations,
    // Whom the policy mentions was woken by the check before it.
    { ...inForce, mention: { ...inForce.mention, who: [] } },
  );
  await say(tx, now, { key: `run:${row.id}`, incidentId: row.incidentId, text, priority });
  await markDirty(tx, now, [row.incidentId], 'issue');
  const entry: LedgerEntry = { kind: 'report', incidentId: row.incidentId, body: { run: row.id, ...outcome } };
  await appendLedger(tx, now, inForce.commit, [entry]);
}

async function saveAnswer({ tx, row, ended, view, model, now, policy }: Work): Promise<void> {
  const { ran } = ended;
  const parsed = ran.is === 'answered' ? askAnswer.safeParse(ran.answer) : undefined;
  const gated = parsed?.success
    ? gateAsk(parsed.data, groundFor(view))
    : { claims: [], cannotSay: noAnswer(ran, view.policy.language), dropped: [] };
  const text = askComment(
    { question: row.focus ?? '', asker: row.askedBy ?? '', ...gated, model },
    view.policy.language,
  );
  await endRun(tx, row.id, { status: statusOf(ran), outcome: clean({ ...gated, model }), at: now });
  await say(tx, now, { key: `run:${row.id}`, incidentId: row.incidentId, text, priority: 2 });
  await markDirty(tx, now, [row.incidentId], 'issue');
  const body = { run: row.id, question: row.focus, askedBy: row.askedBy, ...gated, model };
  await appendLedger(tx, now, policy.current().commit, [{ kind: 'report', incidentId: row.incidentId, body }]);
}

/** What the model said, through the gates; or why it said nothing, which lowers nothing. */
function outcomeOf(view: IncidentView, { ran, orders }: Ended, model: ModelRun, now: Date): Outcome {
  const { language } = view.policy;
  const rest = { model, at: now.toISOString() };
  const parsed = ran.is === 'answered' ? reportAnswer.safeParse(ran.answer) : undefined;
  if (!parsed?.success) return { ...rest, questions: [], fallback: noAnswer(ran, language) };
  const gated = gateReport(parsed.data, groundFor(view), orders.offers, techniques, language);
  const { assessment, because, questions } = gated;
  const refused = gated.refused === undefined ? {} : { refused: gated.refused };
  if (!assessment) return { ...rest, ...refused, questions, fallback: because };
  return { ...rest, ...refused, questions, because, assessment };
}

function groundFor(view: IncidentView) {
  return groundOf({ incidentId: view.incident.id, evidence: view.evidence, entities: view.entities });
}

/** Why there is nothing of the model, for the reader of the issue. */
function noAnswer(ran: Ran, language: Language): string {
  const words = investigationWords(language);
  switch (ran.is) {
    case 'enough':
      return ran.why;
    case 'refused':
      return words.declined(ran.why);
    case 'away':
      return words.away(ran.why[language]);
    case 'broken':
      return words.broken(ran.why[language]);
    default:
      return words.shapeless;
  }
}

function statusOf(ran: Ran): 'done' | 'stopped' | 'failed' {
  if (ran.is === 'answered') return 'done';
  return ran.is === 'enough' ? 'stopped' : 'failed';
}

/** The check without what an earlier run made of it. */
function plain(report: Report | undefined, commit: string, now: Date): Report {
  if (!report)
    return {
      verdict: 'not-assessed',
      claims: [],
      questions: [],
      playbook: 'none',
      policyCommit: commit,
      investigator: 'deterministic',
      at: now.toISOString(),
    };
  const { assessment: _a, fallback: _f, planted: _p, model: _m, refused: _r, because, ...rest } = report;
  if (rest.verdictBy !== undefined) return because === undefined ? rest : { ...rest, because };
  return { ...rest, verdict: 'not-assessed', investigator: 'deterministic' };
}

async function modelRun(tx: Sql, run: string, prompts: Prompts, kind: InvestigationRow['kind']): Promise<ModelRun> {
  const used = await usedBy(tx, run);
  const told = promptIds.filter((id) =>
    kind === 'ask' ? id !== 'plan' && id !== 'replan' && id !== 'report' : id !== 'ask',
  );
  return {
    models: Object.fromEntries(used.flatMap((u) => (u.model === null ? [] : [[u.tier, u.model]]))),
    prompts: told.map((id) => ({ id, version: prompts[id].version, hash: prompts[id].hash })),
    requests: used.reduce((sum, u) => sum + u.requests, 0),
    usage: Object.fromEntries(used.map((u) => [u.tier, u.usage])),
    money: used.reduce((sum, u) => sum + u.money, 0) / 1e6,
  };
}
