import { correlate } from './correlate/correlate.ts';
import { joinKeys, keyIn, repeatWindowMs } from './correlate/join-keys.ts';
import type { ParsedAlert, Triaged } from './domain/alert.ts';
import { connectionOf, feedOf, firstHeard } from './domain/connection.ts';
import { isShared } from './domain/context.ts';
import type { Detection, MatchedEvent } from './domain/detection.ts';
import { type Entity, entityKey } from './domain/entity.ts';
import { ends, isLater } from './domain/life.ts';
import type { Policy } from './domain/policy.ts';
import type { RawRecord } from './domain/record.ts';
import { roomOf } from './domain/room.ts';
import { cloudScope } from './domain/scope.ts';
import { unreadableWords } from './messages/unreadable.ts';
import { bounded } from './normalize/bounded.ts';
import { correlationFinding } from './normalize/correlation-finding.ts';
import { type ReadEvent, wholeUpTo } from './normalize/join-parts.ts';
import type { Parser } from './normalize/normalize.ts';
import { withoutItsText } from './normalize/parse-error.ts';
import { detectedAlerts, eventsToMatch, installationOf, matchedEvents, readBatch } from './normalize/read-batch.ts';
import type { Clock } from './ports/clock.ts';
import type { Detections } from './ports/detections.ts';
import type { PolicySource } from './ports/policy-source.ts';
import type { Sql, Store } from './ports/store.ts';
import { mentionedFor } from './publish/report-comment.ts';
import { severityComment } from './publish/severity-comment.ts';
import { inTheirRooms, placeOf, placeOfEvents } from './run/alert-room.ts';
import { turnedMalicious } from './run/turned-malicious.ts';
import { withoutClosedUpdates } from './store/closed-updates.ts';
import { meetConnections } from './store/connections.ts';
import { countEvents, type EventCounts } from './store/event-counts.ts';
import type { Raised } from './store/grow-incidents.ts';
import { loadIncident, notePressingTold } from './store/incidents.ts';
import { type Arrived, loadRawAfterCursor, moveCursor, saveBatch } from './store/pipeline-batch.ts';
import { say } from './store/publications.ts';
import { type ClosedRepeat, loadClosedRepeats, loadSpans } from './store/stories.ts';
import { triage } from './triage/triage.ts';

/** Raw records one step takes. */
const batchSize = 500;

export interface PipelineDeps {
  store: Store;
  clock: Clock;
  policy: PolicySource;
  sources: ReadonlyMap<string, Parser>;
  detections: Detections;
  /** Records as they may be read: what was taken before the policy was known is masked by it first. */
  masked?(records: RawRecord[]): Promise<RawRecord[]>;
}

/**
 * ingest → normalize → detect → triage → correlate, for the raw records that came in since the last step. What an
 * incident needs next (publish → investigate → respond) stands in its rows afterwards: the workers of `src/run`
 * find it there. Returns how many records were done; 0 means there was nothing to do.
 */
export async function pipelineStep(deps: PipelineDeps, limit = batchSize): Promise<number> {
  const waiting = await loadRawAfterCursor(deps.store, limit);
  const loaded = deps.masked ? await deps.masked(waiting) : waiting;
  if (loaded.length === 0) {
    await judgeWindows(deps);
    return 0;
  }
  // A full step may end in the middle of what a product wrote as several records: the next one begins with it then.
  const raws = loaded.length < limit ? loaded : loaded.slice(0, wholeUpTo(loaded, deps.sources));
  try {
    await group(deps, raws);
  } catch (error) {
    if (!isDataError(error)) throw error;
    for (const raw of raws) await groupAlone(deps, raw);
  }
  return raws.length;
}

/** One record by itself; when even that cannot be stored, an alert that says so takes its place. */
async function groupAlone(deps: PipelineDeps, raw: RawRecord): Promise<void> {
  try {
    await group(deps, [raw]);
  } catch (error) {
    if (!isDataError(error)) throw error;
    const failing: Parser = { name: raw.source, parse: () => ({ error: unreadableWords.table.cannotBeStored }) };
    await group({ ...deps, sources: new Map([[raw.source, failing]]) }, [raw]);
  }
}

/** Correlation rules whose windows time alone closes are looked at now and then, though no record came. */
async function judgeWindows(deps: PipelineDeps): Promise<void> {
  const policy = deps.policy.current();
  const due = deps.detections.due(policy);
  if (due && due <= deps.clock.now())
    await save(deps, { policy, alerts: [], matched: [], counts: {}, connections: new Map() });
}

async function group(deps: PipelineDeps, raws: RawRecord[]): Promise<void> {
  const policy = deps.policy.current();
  const { alerts: told, events } = readBatch(raws, deps.sources);
  const detections = deps.detections.match(eventsToMatch(events), policy);
  const found = [...told, ...detectedAlerts(events, detections, policy)];
  const alerts = found.map(({ raw, parsed: read }) => {
    const parsed = withScope(read, raw);
    const heard = { connection: connectionOf(raw), feed: feedOf(raw, parsed.product) };
    const arrival = { rawId: raw.id, backlog: raw.origin?.backlog === true, ...heard };
    const place = placeOf(raw, parsed, policy);
    const told = toldIn(place.room, policy) ? parsed : withoutItsText(parsed, raw);
    return { ...arrival, ...place, triaged: triage(told, policy) };
  });
  await save(deps, {
    policy,
    alerts,
    matched: matchedEvents(events, detections),
    counts: countsOf(events, detections),
    connections: firstHeard(raws, found),
    lastRawId: raws.at(-1)?.id ?? '0',
  });
}

/** Whether a record that nobody could read may be quoted in a room: nowhere but in a restricted one where there is any. */
function toldIn(room: string, policy: Policy): boolean {
  return roomOf(policy, room).restricted || !policy.rooms.some(({ restricted }) => restricted);
}

/** What a step came to before the store was asked. */
interface Step {
  policy: Policy;
  alerts: Omit<Arrived, 'fingerprint'>[];
  matched: MatchedEvent[];
  counts: EventCounts;
  /** Who sent, and when its first record came. */
  connections: Map<string, Date>;
  /** Where the cursor goes; left out when no record was read. */
  lastRawId?: string;
}

async function save(deps: PipelineDeps, step: Step): Promise<void> {
  try {
    await deps.store.transaction((tx) => saveStep(deps, tx, step));
  } catch (error) {
    deps.detections.forget();
    throw error;
  }
}

async function saveStep(deps: PipelineDeps, tx: Sql, step: Step): Promise<void> {
  const { policy, matched, counts, lastRawId } = step;
  const now = deps.clock.now();
  await countEvents(tx, counts);
  await meetConnections(tx, step.connections);
  const completed = await deps.detections.correlate(tx, policy, matched, now);
  const alerts = [
    ...step.alerts,
    ...completed.map((one) => {
      const found = bounded(correlationFinding(one, policy), { receivedAt: now });
      const { room, scope } = placeOfEvents(found, one.scopes, policy);
      const arrival = { rawId: one.rawId, backlog: false, connection: found.source, feed: found.source };
      return { ...arrival, room, adopt: null, triaged: triage({ ...found, scope }, policy) };
    }),
  ];
  if (alerts.length === 0) {
    if (lastRawId !== undefined) await moveCursor(tx, lastRawId);
    return;
  }
  const shared = sharedEntities(policy);
  const comesBackSince = new Date(now.getTime() - repeatWindowMs);
  alerts.push(...(await turnedMalicious(tx, alerts)));
  const arrived = await inTheirRooms(tx, alerts, policy, comesBackSince);
  const { news, kept, closedStory } = await withoutClosedUpdates(tx, arrived);
  const keyed = news.map((a) => ({ ...a, ...keysOf(a, policy, shared) }));
  const known = await loadSpans(
    tx,
    keyed.flatMap(({ time, keys }) => keys.map((k) => ({ key: k.key, from: time - k.window, to: time + k.window }))),
  );
  const closed = await loadClosedRepeats(tx, keyed, comesBackSince);
  const grouped = correlate(
    keyed.map((one) => {
      const { time, keys } = one;
      const closedRepeat = closedStory(one);
      if (closedRepeat) return { time, keys, closedRepeat };
      const repeat = closed(one);
      if (repeat === undefined) return { time, keys };
      const reopens = opensAgain(one.triaged.alert, repeat);
      return { time, keys, closedRepeat: { story: repeat.incident, reopens } };
    }),
    known,
  );
  const raised = await saveBatch(tx, { now, policy, alerts: keyed, kept, grouped, known, lastRawId });
  for (const one of raised) await tellRaised(tx, now, one, policy);
}

/** What its source says is over, or was before it ended, does not bring a closed incident back. */
function opensAgain(alert: ParsedAlert, before: ClosedRepeat): boolean {
  if (ends(alert.lifecycle)) return false;
  const step = { lifecycle: alert.lifecycle, at: alert.time };
  const known = { lifecycle: before.lifecycle ?? undefined, at: before.stepAt };
  return !ends(known.lifecycle) || isLater(step, known);
}

function countsOf(events: readonly ReadEvent[], detections: readonly Detection[][]): EventCounts {
  const counts: EventCounts = {};
  for (const [k, { source }] of events.entries()) {
    counts[source.name] ??= { seen: 0, matched: 0 };
    const count = counts[source.name] ?? { seen: 0, matched: 0 };
    count.seen += 1;
    if ((detections[k] ?? []).length > 0) count.matched += 1;
  }
  return counts;
}

/** Once a level: an edit alone would wake nobody. Where no issue stands yet, only whom the policy names waits for it. */
async function tellRaised(tx: Sql, now: Date, raised: Raised, policy: Policy): Promise<void> {
  const { incident, to, shown } = raised;
  const { pressing = false } = (await loadIncident(tx, incident)) ?? {};
  const who = mentionedFor({ kind: raised.by.alert.kind, pressing, severity: to }, policy);
  if (!shown && who.length === 0) return;
  const text = severityComment({ ...raised, pressing }, policy);
  const said = await say(tx, now, {
    ...{ key: `severity:${incident}:${to}`, incidentId: incident, text, priority: 2 },
    mentions: { who, only: !shown },
  });
  // One comment mentions people for both.
  if (said && pressing) await notePressingTold(tx, incident);
}

/** What came with the record, and what its finding says of the cloud it is about. */
function withScope(alert: ParsedAlert, raw: RawRecord): ParsedAlert {
  const scope = {
    ...installationOf(raw),
    ...cloudScope(alert.ocsf),
    ...alert.scope,
  };
  return Object.keys(scope).length === 0 ? alert : { ...alert, scope };
}

function keysOf(
  { triaged, room }: { triaged: Triaged; room: string },
  policy: Policy,
  shared: (entity: Entity) => boolean,
) {
  const options = { joinWindowMs: policy.joinWindow * 1000, isShared: shared };
  return {
    time: triaged.alert.time.getTime(),
    keys: joinKeys(triaged.alert, options).map((one) => ({ ...one, key: keyIn(room, one.key) })),
  };
}

/** `isShared` with a memory: alerts of one step name the same entities, and an organisation may describe thousands. */
function sharedEntities(policy: Policy): (entity: Entity) => boolean {
  const known = new Map<string, boolean>();
  return (entity) => {
    const key = entityKey(entity);
    const answer = known.get(key) ?? isShared(policy, entity);
    known.set(key, answer);
    return answer;
  };
}

/**
 * What trying again cannot mend: PostgreSQL's classes 22 (data exception), 23 (constraint) and 54 (limit exceeded), and
 * mistakes of ours that this record brings out. All other errors are the server's, and the records wait for it.
 */
function isDataError(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true;
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^(22|23|54)/.test(code);
}
