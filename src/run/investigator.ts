import type { PlantedText } from '../domain/assessment.ts';
import { clean } from '../domain/clean.ts';
import { sentenceOf } from '../domain/error.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { EveryLanguage } from '../domain/locale.ts';
import type { Policy } from '../domain/policy.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import type { Report } from '../domain/report.ts';
import type { Task } from '../domain/task.ts';
import { composeReport, type Outcome } from '../investigate/compose.ts';
import { type Investigation, investigateDeterministically } from '../investigate/deterministic.ts';
import type { Tool } from '../investigate/tool.ts';
import type { Clock } from '../ports/clock.ts';
import type { Facts } from '../ports/facts.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Sql, Store } from '../ports/store.ts';
import { pressingComment } from '../publish/pressing-comment.ts';
import { mentionedFor, reportComment } from '../publish/report-comment.ts';
import { effectiveAutonomy } from '../respond/authorize.ts';
import { proposals } from '../respond/proposals.ts';
import { loadRecommendations, loadTasks } from '../store/actions.ts';
import { saveEvidence } from '../store/evidence.ts';
import { loadIncidentView } from '../store/incident-view.ts';
import { loadIncident } from '../store/incidents.ts';
import { beginByItself, lastOutcome } from '../store/investigations.ts';
import { appendLedger } from '../store/ledger.ts';
import { saveProposals, setStatus } from '../store/proposals.ts';
import { markDirty, say } from '../store/publications.ts';
import { createTasks } from '../store/tasks.ts';
import { plantedIn } from './planted-in.ts';

export interface InvestigatorDeps {
  store: Store;
  facts: Facts;
  clock: Clock;
  policy: PolicySource;
  tools: ReadonlyMap<string, Tool>;
  /** Actions that exist, by the connectors that are loaded. */
  actions: ReadonlySet<string>;
  /** Resources that cannot be used here; nothing is proposed on them. */
  unavailable: ReadonlyMap<string, EveryLanguage>;
  /** Whether a model is set up, which looks at each incident once the tools were asked. */
  model: boolean;
  log(sentence: string): void;
}

/** How long a new incident's issue is waited for, so that the finished investigation is news to somebody. */
const issueWaitMs = 2_000;

/** Wait after an investigation failed, doubled by each further failure of the same incident. */
const firstWaitMs = 5_000;
const longestWaitMs = 600_000;

/** Failures in a row by incident; a restart begins again. */
const failed = new WeakMap<Store, Map<string, number>>();

/**
 * Investigates the incident that has waited longest: a new one once its issue stands (or is known to wait for the
 * budget), any one again when alerts joined. False when none is due.
 */
export async function investigatorStep(deps: InvestigatorDeps): Promise<boolean> {
  const now = deps.clock.now();
  const due = await deps.store.query<{ id: string }>(
    `select id from incident where investigate_at <= $1 and (issue is not null or investigate_at <= $2)
     order by investigate_at limit 1`,
    [now, new Date(now.getTime() - issueWaitMs)],
  );
  const id = due.rows[0]?.id;
  if (id === undefined) return false;
  const failures = failed.get(deps.store) ?? new Map<string, number>();
  failed.set(deps.store, failures);
  try {
    await investigateIncident(deps, id);
    failures.delete(id);
  } catch (error) {
    const before = failures.get(id) ?? 0;
    await putOff(deps, id, Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(before, 10)), error);
    failures.set(id, before + 1);
  }
  return true;
}

/** One incident that cannot be investigated must not keep all others waiting. Throws when the store is away. */
async function putOff(deps: InvestigatorDeps, id: string, waitMs: number, error: unknown): Promise<void> {
  const until = new Date(deps.clock.now().getTime() + waitMs);
  await deps.store.query('update incident set investigate_at = $2 where id = $1 and investigate_at is not null', [
    id,
    until,
  ]);
  deps.log(`incident ${id} could not be investigated, tried again in ${waitMs / 1000} s: ${sentenceOf(error)}`);
}

/** One investigation, stored whole in one transaction: evidence, report, recommendations, what is to be published. */
async function investigateIncident(deps: InvestigatorDeps, id: string): Promise<void> {
  const now = deps.clock.now();
  const found = await deps.store.query<Seen>('select investigate_at as at, redactions from incident where id = $1', [
    id,
  ]);
  const view = await loadIncidentView(deps.store, id, { policy: deps.policy, now });
  const [seenBefore] = found.rows;
  if (!view || !seenBefore) return;
  const policy = deps.policy.current();
  const done = await investigateDeterministically({
    incident: view.incident,
    alerts: view.alerts,
    alertTotal: view.alertTotal,
    entities: view.entities,
    policy,
    evidence: view.evidence,
    facts: deps.facts,
    tools: deps.tools,
    language: view.policy.language,
    now,
  });
  // Reading every text takes its milliseconds: not while the incident is locked.
  const planted = plantedIn({ ...view, evidence: [...view.evidence, ...done.evidence] });
  await deps.store.transaction((tx) => save(tx, deps, { view, done, planted, now, seenBefore }));
}

/** The incident before anything of it was read. */
interface Seen {
  at: Date | null;
  redactions: number;
}

interface Saving {
  view: IncidentView;
  done: Investigation;
  planted: PlantedText[];
  now: Date;
  seenBefore: Seen;
}

interface Telling extends Pick<Saving, 'view' | 'now'> {
  done: Investigation & { modelLooks: boolean };
}

/** Tools take their time: whether it is open, how severe it is and what the policy allows is asked again here. */
async function save(
  tx: Sql,
  deps: InvestigatorDeps,
  { view: seen, done, planted, now, seenBefore }: Saving,
): Promise<void> {
  const { id } = seen.incident;
  // A command may have numbered a recommendation since the view was read, or be about to.
  const held = await tx.query<Pick<Seen, 'redactions'>>(
    'select redactions from incident where id = $1 for no key update',
    [id],
  );
  // What was read before a text was taken out may hold it: asked again at once.
  if (held.rows[0]?.redactions !== seenBefore.redactions) return;
  // A model's run may have added evidence since: the numbers are taken, and it is asked again at once.
  const there = await tx.query<{ n: number }>('select count(*)::int as n from evidence where incident_id = $1', [id]);
  if (done.evidence.length > 0 && (there.rows[0]?.n ?? 0) > seen.evidence.length) return;
  const incident = await loadIncident(tx, id);
  if (!incident) return;
  const policy = deps.policy.current();
  const view: IncidentView = { ...seen, incident, evidence: [...seen.evidence, ...done.evidence] };
  const ledger: LedgerEntry[] = done.evidence.map((e) => ({
    kind: 'evidence',
    incidentId: id,
    body: { evidence: e.id, tool: e.tool, query: e.query, outcome: e.outcome, hash: e.hash },
  }));
  await saveEvidence(tx, id, done.evidence);
  if (incident.status === 'open') {
    const proposed = proposals(view, policy, deps.actions, deps.unavailable);
    ledger.push(...(await saveProposals(tx, id, proposed, await loadRecommendations(tx, id), policy.commit)));
    ledger.push(...(await runAutomatic(tx, deps, id, policy, now)));
  }
  const composed = composeReport(done.report, await lastOutcome<Outcome>(tx, id), planted, view.policy.language);
  const report: Report = incident.pressing ? { ...composed, pressing: true } : composed;
  await tx.query(
    `update incident set report = $2::jsonb, investigated_at = $3,
       investigate_at = case when investigate_at is distinct from $4 then investigate_at end where id = $1`,
    [id, JSON.stringify(clean(report)), now, seenBefore.at],
  );
  ledger.push({ kind: 'report', incidentId: id, body: { ...done.report } });
  const looked = deps.model && incident.status === 'open' && done.report.verdictBy === undefined;
  if (looked) await beginByItself(tx, now, incident);
  await tellReport(tx, policy, { view, done: { ...done, report, modelLooks: looked }, now });
  await markDirty(tx, now, [id], 'issue');
  await appendLedger(tx, now, policy.commit, ledger);
}

/** The comment that says that it was investigated, once, or that it does not wait for its turn any more. */
async function tellReport(tx: Sql, policy: Policy, { view, done, now }: Telling): Promise<void> {
  const { incident } = view;
  const { id } = incident;
  const first = view.report === undefined;
  const pressingSince = incident.pressing && !view.report?.pressing && incident.status === 'open';
  if (!first && !pressingSince) return;
  const who = mentionedFor(incident, policy);
  const told = incident.issue !== undefined && !done.modelLooks;
  // Without an issue the report stands in the body it is made with; only a mention needs a comment to be made in. Where
  // a model goes on, its comment will be the news; waking somebody does not wait for it.
  if (first && (told || who.length > 0))
    await say(tx, now, {
      key: `report:${id}`,
      incidentId: id,
      text: reportComment(view, done, await loadRecommendations(tx, id), policy),
      priority: incident.severity === 'high' || incident.severity === 'critical' ? 2 : 0,
      mentions: { who, only: !told },
    });
  // The first report mentions them already, when it was so by then.
  if (first) return;
  const text = pressingComment(incident, { ...policy, language: view.policy.language });
  await say(tx, now, { key: `pressing:${id}`, incidentId: id, text, priority: 2, mentions: { who } });
}

/**
 * What an `auto` rule of the merged policy lets happen without a person: its recommendations run at once. What was
 * undone or failed here before waits for a person: else each alert would do again what somebody just took back.
 */
async function runAutomatic(
  tx: Sql,
  { actions }: InvestigatorDeps,
  id: string,
  policy: Policy,
  now: Date,
): Promise<LedgerEntry[]> {
  const ledger: LedgerEntry[] = [];
  const takenBack = (await loadTasks(tx, id)).filter((t) => ['undoing', 'undone', 'failed'].includes(t.status));
  for (const r of await loadRecommendations(tx, id)) {
    const rule = policy.responses.find((one) => one.id === r.rule && one.action === r.action);
    if (!rule || r.status !== 'open' || r.requestedBy !== 'yagura' || !actions.has(r.action)) continue;
    if (effectiveAutonomy(rule, policy) !== 'auto' || takenBack.some((t) => sameTask(t, r))) continue;
    await setStatus(tx, r.incidentId, r.id, 'executed');
    const by = `policy ${rule.origin.path}:${rule.origin.line}`;
    const made = await createTasks(tx, r, [by], policy.commit, now);
    ledger.push({ kind: 'approval', incidentId: r.incidentId, body: { recommendation: r.id, hash: r.hash, by } });
    ledger.push(...made.ledger);
  }
  return ledger;
}

function sameTask(task: Task, r: Recommendation): boolean {
  return task.action === r.action && task.target.type === r.target.type && task.target.value === r.target.value;
}
