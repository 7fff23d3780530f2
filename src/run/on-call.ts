import type { Incident } from '../domain/incident.ts';
import { nextOnCall, type OnCall } from '../domain/on-call.ts';
import type { Policy } from '../domain/policy.ts';
import { defaultRoom, policyIn } from '../domain/room.ts';
import type { Clock } from '../ports/clock.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Sql, Store } from '../ports/store.ts';
import { quietVerdicts } from '../publish/needs-human.ts';
import { nobodyTookComment, onCallComment } from '../publish/on-call-comment.ts';
import { onCallReason } from '../publish/on-call-reason.ts';
import { type Due, endAsking, holdDue, nextAsking, setAsked } from '../store/asking.ts';
import { loadIncident } from '../store/incidents.ts';
import { appendLedger } from '../store/ledger.ts';
import { ownPart } from '../store/own-part.ts';
import { markDirty, say } from '../store/publications.ts';

export interface OnCallDeps {
  store: Store;
  clock: Clock;
  policy: PolicySource;
}

/** People asked about one incident, and incidents waited for at a time. */
const mostAsked = 3;
const atOnce = 5;

/**
 * Asks whoever is on call to take one incident that nobody took, or the next person when their time is over. What is
 * asked, and the comment that says it, are one transaction. False when nobody is to be asked now.
 */
export async function onCallStep({ store, clock, policy }: OnCallDeps): Promise<boolean> {
  const inForce = policy.current();
  const { onCall } = inForce;
  if (!onCall.rota || inForce.mode === 'observe') return false;
  const now = clock.now();
  await endAsking(store, now);
  const begin = nextOnCall(inForce, now, []) !== undefined;
  return store.transaction(async (tx) => {
    // What waits to be published was heard by nobody: time runs from when GitHub had it.
    const toldBefore = new Date(now.getTime() - onCall.takeWithin * 1000);
    const rule = { severity: onCall.severity, quiet: quietVerdicts, atOnce, begin, toldBefore };
    const due = await holdDue(tx, now, rule);
    const incident = due && (await loadIncident(tx, due.id));
    if (!due || !incident) return false;
    await ask(tx, now, policyIn(inForce, incident.room ?? defaultRoom), { due, incident });
    return true;
  });
}

/** When it has something to do next, as far as that is known; undefined: when something changes. */
export async function nextToAsk({ store, clock, policy }: OnCallDeps): Promise<Date | undefined> {
  const { onCall, mode } = policy.current();
  if (!onCall.rota || mode === 'observe') return undefined;
  const { severity, takeWithin } = onCall;
  return nextAsking(store, clock.now(), { severity, takeWithin, quiet: quietVerdicts });
}

async function ask(
  tx: Sql,
  now: Date,
  policy: Policy,
  { due, incident }: { due: Due; incident: Incident },
): Promise<void> {
  const { id, asked, round } = due;
  const to = asked.length < mostAsked ? await nextFree(tx, now, policy, due) : undefined;
  const takeBy = new Date(now.getTime() + policy.onCall.takeWithin * 1000);
  await setAsked(tx, id, to?.login, to ? takeBy : null);
  const after = to ? [...asked, to.login] : asked;
  // Whether that one is part of the incident is asked when it is their turn.
  const then = after.length < mostAsked ? nextOnCall(policy, takeBy, after)?.login : undefined;
  const text = to
    ? onCallComment(incident, { to, before: asked, takeBy, then }, policy)
    : nobodyTookComment(incident, asked, policy.language);
  const key = `on-call:${id}:${round}:${to ? after.length : 'nobody'}`;
  await say(tx, now, { key, incidentId: id, text, priority: 2 });
  await markDirty(tx, now, [id], 'issue');
  const body = to
    ? { asked: to.login, because: onCallReason(to.because, 'en'), takeBy: takeBy.toISOString() }
    : { askedInVain: asked };
  await appendLedger(tx, now, policy.commit, [{ kind: 'incident.changed', incidentId: id, body }]);
}

/**
 * The next to ask who is not part of the incident, since nobody decides about themselves; when all of the rotation are,
 * who is on call is asked all the same.
 */
async function nextFree(tx: Sql, now: Date, policy: Policy, { id, asked }: Due): Promise<OnCall | undefined> {
  const passed = [...asked];
  for (let to = nextOnCall(policy, now, passed); to; to = nextOnCall(policy, now, passed)) {
    if ((await ownPart(tx, id, to.login, policy)) === undefined) return to;
    passed.push(to.login);
  }
  return asked.length === 0 ? nextOnCall(policy, now, []) : undefined;
}
