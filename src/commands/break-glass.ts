import type { Account } from '../domain/account.ts';
import { type Emergency, longestAlone } from '../domain/emergency.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { onCall } from '../domain/on-call.ts';
import type { ResponseRule } from '../domain/policy.ts';
import { approvedBy } from '../domain/recommendation.ts';
import { emergencyWords } from '../messages/emergency.ts';
import { aloneComment, calledToConfirm } from '../publish/emergency-comment.ts';
import { code, oneLine, person, prose } from '../publish/text.ts';
import { inZone } from '../publish/times.ts';
import type { StoredRecommendation } from '../store/actions.ts';
import { approversHere } from '../store/approvers.ts';
import { beginEmergency, confirmEmergency, ranAloneBefore } from '../store/emergencies.ts';
import { setApprovals } from '../store/proposals.ts';
import { say } from '../store/publications.ts';
import { createTasks } from '../store/tasks.ts';
import { type Answer, type CommandCall, refused } from './command.ts';

/** Characters of a reason that are kept. */
const whyLimit = 500;

/** `R1 emergency the miner spreads` as what it asks for; undefined when it is no such line. */
export function readEmergency(rest: string): { id: string; why: string } | undefined {
  const at = rest.search(/\bemergency\b/i);
  if (at < 0) return undefined;
  const why = oneLine(rest.slice(at + 'emergency'.length), whyLimit).replace(/^[:,\s]+/, '');
  return { id: rest.slice(0, at).trim().toUpperCase(), why };
}

/** Why this person may not let it run alone; undefined when they may. */
export async function whyNotAlone(
  { tx, policy, author, now, locale }: CommandCall,
  r: StoredRecommendation,
  rule: ResponseRule,
): Promise<string | undefined> {
  const words = emergencyWords(locale.language);
  if (!rule.emergency) return words.notMarked(prose(rule.id));
  const current = onCall(policy, now)?.login;
  if (current === undefined) return words.nobodyOnCall;
  if (current !== author.toLowerCase()) return words.notOnCall(person(current));
  return (await ranAloneBefore(tx, r)) ? words.once : undefined;
}

/**
 * Lets it run on one person's word. Its tasks end when the time for a second voice does, so that it is over by then
 * whatever becomes of us: a firewall that knows ends lifts it by itself.
 */
export async function runAlone(
  call: CommandCall,
  r: StoredRecommendation,
  { voices, why, understood }: { voices: Account[]; why: string; understood: string },
): Promise<Answer> {
  const { tx, policy, author, authorId, now, locale } = call;
  const seconds = Math.min(r.duration, policy.confirmWithin, longestAlone);
  const confirmBy = new Date(now.getTime() + seconds * 1000);
  const by = { login: author, id: authorId };
  const one = { incidentId: r.incidentId, recommendation: r.id, by, why, beganAt: now, confirmBy };
  await setApprovals(tx, r, voices, 'executed');
  const agreed = approvedBy(voices).approvals;
  const tasks = await createTasks(tx, { ...r, duration: seconds }, agreed, policy.commit, now);
  await beginEmergency(tx, one);
  const approvers = await approversHere(tx, { ...r, ...approvedBy([...voices, by]) }, policy, call.reads);
  const key = `emergency:${r.incidentId}:${r.id}`;
  const text = aloneComment(one, r, { tasks: tasks.ids, approvers }, locale);
  const mentions = { who: calledToConfirm(approvers), always: true };
  await say(tx, now, { key, incidentId: r.incidentId, text, priority: 3, mentions });
  return {
    state: 'waiting',
    understood: `${understood}, ${emergencyWords(locale.language).alone(inZone(confirmBy, locale.timeZone), code(why))}`,
    answer: '',
    tasks: tasks.ids,
    ledger: [entry('emergency.approved', call, r, { why, confirmBy: confirmBy.toISOString() }), ...tasks.ledger],
  };
}

/** The second voice for what one person let run: it runs on to the end that all of its rule's people would have given it. */
export async function confirm(
  call: CommandCall,
  r: StoredRecommendation,
  { one, voices, understood }: { one: Emergency; voices: Account[]; understood: string },
): Promise<Answer> {
  const { tx, now, locale } = call;
  const words = emergencyWords(locale.language);
  if (one.confirmBy <= now) return refused(understood, words.over(inZone(one.confirmBy, locale.timeZone)));
  const until = new Date(one.beganAt.getTime() + r.duration * 1000);
  const agreed = approvedBy(voices).approvals;
  const tasks = await confirmEmergency(tx, one, { until, approvedBy: agreed, now });
  if (tasks.length === 0) return refused(understood, words.nothingHolds);
  await setApprovals(tx, r, voices, 'executed');
  return {
    state: 'waiting',
    understood: `${understood}; ${words.confirmed(person(one.by.login), inZone(until, locale.timeZone))}`,
    answer: '',
    tasks,
    ledger: [entry('emergency.confirmed', call, r, { began: one.by.login, tasks, expiresAt: until.toISOString() })],
  };
}

function entry(
  kind: LedgerEntry['kind'],
  { author, authorId, comment }: CommandCall,
  r: StoredRecommendation,
  more: Record<string, unknown>,
): LedgerEntry {
  const body = { recommendation: r.id, hash: r.hash, by: author, byId: authorId, comment: comment.id, ...more };
  return { kind, incidentId: r.incidentId, body };
}
