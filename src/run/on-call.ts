import type { Incident } from '../domain/incident.ts';
import { nextOnCall } from '../domain/on-call.ts';
import type { Policy } from '../domain/policy.ts';
import { defaultRoom, policyIn } from '../domain/room.ts';
import type { Clock } from '../ports/clock.ts';
import type { Forge, RepoRef } from '../ports/forge.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Sql, Store } from '../ports/store.ts';
import { quietVerdicts } from '../publish/needs-human.ts';
import { nobodyAskedComment, nobodyTookComment, onCallComment } from '../publish/on-call-comment.ts';
import { onCallReason } from '../publish/on-call-reason.ts';
import { type Due, endAsking, holdDue, nextAsking, setAsked } from '../store/asking.ts';
import { loadTitledIncident } from '../store/incidents.ts';
import { appendLedger } from '../store/ledger.ts';
import { markDirty, say } from '../store/publications.ts';
import { roomRepository } from './room-repository.ts';
import { type Turn, whomToAsk, whyNobody } from './whom-to-ask.ts';

/** What whoever looks at rows that wait for a time needs. */
export interface WaiterDeps {
  store: Store;
  clock: Clock;
  policy: PolicySource;
}

export interface OnCallDeps extends WaiterDeps {
  forge: Pick<Forge, 'roleOf'>;
  /** The default issue repository. */
  repo: RepoRef;
}

/**
 * Asks whoever is on call to take one incident that nobody took, or the next person when their time is over. What is
 * asked, and the comment that says it, are one transaction; who can read it is asked of GitHub before. False when nobody is
 * to be asked now.
 */
export async function onCallStep({ store, clock, policy, forge, repo }: OnCallDeps): Promise<boolean> {
  const inForce = policy.current();
  const { onCall } = inForce;
  if (!onCall.rota || inForce.mode === 'observe') return false;
  const now = clock.now();
  await endAsking(store, now);
  const begin = nextOnCall(inForce, now, []) !== undefined;
  // What waits to be published was heard by nobody: time runs from when GitHub had it.
  const toldBefore = new Date(now.getTime() - onCall.takeWithin * 1000);
  const rule = { severity: onCall.severity, quiet: quietVerdicts, begin, toldBefore };
  const due = await holdDue(store, now, rule);
  const incident = due && (await loadTitledIncident(store, due.id));
  if (!due || !incident) return false;
  const there = policyIn(inForce, incident.room ?? defaultRoom);
  const takeBy = new Date(now.getTime() + onCall.takeWithin * 1000);
  const room = roomRepository(incident.room, repo);
  const turn = await whomToAsk({ sql: store, forge, room }, there, due, { now, takeBy });
  return store.transaction(async (tx) => {
    const held = await holdDue(tx, now, rule);
    if (!held) return false;
    // Somebody was faster, or something worse came: its turn is another.
    const same = held.id === due.id && held.round === due.round && held.asked.length === due.asked.length;
    if (same) await ask(tx, now, there, { due, incident, turn, takeBy });
    return true;
  });
}

/** When it has something to do next, as far as that is known; undefined: when something changes. */
export async function nextToAsk({ store, clock, policy }: WaiterDeps): Promise<Date | undefined> {
  const { onCall, mode } = policy.current();
  if (!onCall.rota || mode === 'observe') return undefined;
  const { severity, takeWithin } = onCall;
  return nextAsking(store, clock.now(), { severity, takeWithin, quiet: quietVerdicts });
}

function nobodyComment(
  incident: Incident,
  asked: readonly string[],
  passed: Turn['passed'],
  { language }: Policy,
): string {
  if (asked.length > 0) return nobodyTookComment(incident, asked, language);
  return nobodyAskedComment(incident, whyNobody(passed), language);
}

async function ask(
  tx: Sql,
  now: Date,
  policy: Policy,
  { due, incident, turn, takeBy }: { due: Due; incident: Incident; turn: Turn; takeBy: Date },
): Promise<void> {
  const { id, asked, round } = due;
  const { to, next, passed } = turn;
  await setAsked(tx, id, to && { login: to.login, againAt: takeBy });
  // Whoever names all of them in alerts must not keep everybody asleep.
  const [named] = to || asked.length > 0 ? [] : passed.filter((one) => whyNobody([one]).part);
  const text = to
    ? onCallComment(incident, { to, before: asked, takeBy, next }, policy)
    : `${named ? `@${named.login} ` : ''}${nobodyComment(incident, asked, passed, policy)}`;
  const key = `on-call:${id}:${round}:${to ? asked.length + 1 : 'nobody'}`;
  // Whom the first report mentioned knows of it already.
  const who = to ?? named;
  const mentions = who && { who: [who.login], unlessTold: round === 0 && asked.length === 0 };
  await say(tx, now, { key, incidentId: id, text, priority: 2, ...(mentions && { mentions }) });
  await markDirty(tx, now, [id], 'issue');
  const body = {
    ...(to
      ? { asked: to.login, because: onCallReason(to.because, 'en'), takeBy: takeBy.toISOString() }
      : { askedInVain: asked }),
    ...(passed.length > 0 ? { passedOver: passed } : {}),
  };
  await appendLedger(tx, now, policy.commit, [{ kind: 'incident.changed', incidentId: id, body }]);
}
