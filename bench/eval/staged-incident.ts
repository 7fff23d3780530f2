import { sha256 } from '../../src/domain/canonical.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { identityOf } from '../../src/ingest/identity.ts';
import type { InvestigationInput } from '../../src/investigate/deterministic.ts';
import type { Tool } from '../../src/investigate/tool.ts';
import { pipelineStep } from '../../src/pipeline.ts';
import { loadPlugins } from '../../src/plugins.ts';
import type { PolicySource } from '../../src/ports/policy-source.ts';
import type { Store } from '../../src/ports/store.ts';
import { createDetections } from '../../src/run/detections.ts';
import type { Source } from '../../src/sources/source.ts';
import { createFacts } from '../../src/store/facts.ts';
import { loadIncidentView } from '../../src/store/incident-view.ts';
import { writeRecords } from '../../src/store/raw-records.ts';
import type { Earlier, EvalCase, Sent } from './case.ts';
import { repliedTools } from './replied-tools.ts';

const detections = createDetections(() => undefined);
const sources = await loadPlugins<Source>(new URL('../../src/sources/', import.meta.url), ['source']);
const tools = await loadPlugins<Tool>(new URL('../../tools/', import.meta.url));

/** How long after its alerts an earlier incident was closed, and after the last alert one is investigated. */
const closedAfterMs = 3_600_000;
const lookedAfterMs = 60_000;

/** An incident as an investigator gets it. */
export interface StagedIncident extends InvestigationInput {
  /** Where it lies, with its issue's number and due to be investigated; nothing else in it is. */
  store: Store;
}

/**
 * Puts the history and then the alerts of an incident through the real pipeline into an empty store, and gives what an
 * investigator of the one incident they make would get. Throws when they make none or several: then the folder tells
 * more than one story.
 */
export async function stageIncident(store: Store, given: EvalCase, policy: Policy): Promise<StagedIncident> {
  const stage: Stage = { store, policy: { current: () => policy, banner: () => undefined }, now: new Date(0) };
  await tellHistory(stage, given.history);
  const before = stage.now;
  stage.now = new Date(Math.max(...given.alerts.map(timeOf), before.getTime()) + lookedAfterMs);
  const [id, ...others] = new Set((await send(stage, given.alerts)).values());
  if (id === undefined || others.length > 0)
    throw new Error(`${given.name}: its alerts make ${1 + others.length} incidents, not one`);
  await store.query('update incident set issue = $2 where id = $1', [id, given.history.length + 1]);
  const view = await loadIncidentView(store, id, { policy: stage.policy, now: stage.now });
  if (!view || view.incident.openedAt <= before) throw new Error(`${given.name}: its alerts join its history`);
  const { incident, alerts, alertTotal, entities, evidence } = view;
  const facts = createFacts(store);
  return {
    incident,
    alerts,
    alertTotal,
    entities,
    policy,
    evidence,
    facts,
    tools: repliedTools(tools, given.replies),
    language: 'en',
    now: stage.now,
    store,
  };
}

interface Stage {
  store: Store;
  policy: PolicySource;
  now: Date;
}

/** All of it in one batch, since its alerts bring their own times; closed one by one, with issues numbered in order. */
async function tellHistory(stage: Stage, history: readonly Earlier[]): Promise<void> {
  stage.now = new Date(history.at(-1)?.at ?? 0);
  const incidents = await send(
    stage,
    history.flatMap(({ alerts }) => alerts),
  );
  const told = new Set<string>();
  for (const [k, { alerts, at, closed }] of history.entries()) {
    const ids = new Set(alerts.flatMap((alert) => incidents.get(alert) ?? []));
    const [id = '', ...more] = ids;
    if (more.length > 0 || told.has(id)) throw new Error(`what happened at ${at} is not one incident of its own`);
    told.add(id);
    const end = closed && new Date(Date.parse(at) + closedAfterMs);
    await stage.store.query(
      `update incident set issue = $2, opened_at = $3, status = case when $4::timestamptz is null then status else 'closed' end,
         closed_at = $4, closed_by = $5, verdict = coalesce($6, verdict), verdict_by = $5, verdict_why = $7,
         investigate_at = null where id = $1`,
      [id, k + 1, new Date(at), end, closed?.by, closed?.verdict, closed?.why],
    );
  }
}

/** Receives records as ingest does and groups them; by alert, the incident it came into. */
async function send(stage: Stage, alerts: Sent[]): Promise<Map<Sent, string>> {
  const records = alerts.map(({ source, record }) => {
    const content = Buffer.from(JSON.stringify(record));
    const contentHash = sha256(content);
    const eventId = sources.get(source)?.eventId?.(record);
    const identity = identityOf({ source, contentHash, idempotencyKey: undefined, index: 0, eventId });
    return { source, content, contentHash, ...identity, origin: null };
  });
  const stored = await writeRecords(stage.store, stage.now, records);
  const clock = { now: () => stage.now, sleep: async () => undefined };
  while ((await pipelineStep({ store: stage.store, clock, policy: stage.policy, sources, detections })) > 0);
  const found = await stage.store.query<{ raw: string; incident: string }>(
    `select x.raw_id as raw, a.incident_id as incident from alert a join alert_raw x on x.alert_id = a.id
     where x.raw_id = any($1)`,
    [stored.map(({ id }) => id)],
  );
  const incidents = new Map(found.rows.map(({ raw, incident }) => [raw, incident]));
  return new Map(alerts.map((alert, k) => [alert, incidents.get(stored[k]?.id ?? '') ?? '']));
}

/** When an alert happened, as its source reads it. */
function timeOf({ source, record }: Sent): number {
  const reader = sources.get(source);
  if (reader === undefined || 'read' in reader) throw new Error(`there is no source of alerts ${source}`);
  const parsed = reader.parse(record, { receivedAt: new Date(0) });
  if ('error' in parsed) throw new Error(parsed.error.en);
  return Math.max(...parsed.map(({ time }) => time.getTime()));
}
