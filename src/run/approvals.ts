import type { Incident } from '../domain/incident.ts';
import { onCall } from '../domain/on-call.ts';
import { atMost, type Policy } from '../domain/policy.ts';
import { defaultRoom, policyIn } from '../domain/room.ts';
import { atLeast } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';
import { approvalOver, approvalReminder } from '../publish/approval-comment.ts';
import { loadRecommendations, type StoredRecommendation } from '../store/actions.ts';
import { approversHere } from '../store/approvers.ts';
import { loadIncident } from '../store/incidents.ts';
import { appendLedger } from '../store/ledger.ts';
import { setStatus } from '../store/proposals.ts';
import { markDirty, say } from '../store/publications.ts';
import {
  beginWaiting,
  dropApprovals,
  holdDueApproval,
  nextDueApproval,
  setReminded,
} from '../store/waiting-approvals.ts';
import type { OnCallDeps, WaiterDeps } from './on-call.ts';
import { roomRepository } from './room-repository.ts';
import { canRead } from './why-not-named.ts';

/**
 * Follows what waits for an approval: notes when it began, reminds once after half of the time, and ends it with a word
 * when the time is over. One at a time, each in one transaction; false when nothing is due.
 */
export async function approvalsStep({ store, clock, policy, forge, repo }: OnCallDeps): Promise<boolean> {
  const inForce = policy.current();
  // Where nothing runs, nothing waits.
  if (atMost(inForce.mode, 'recommend')) return false;
  const now = clock.now();
  return store.transaction(async (tx) => {
    const begun = await beginWaiting(tx, now);
    await markDirty(tx, now, [...new Set(begun)], 'issue');
    const due = await holdDueApproval(tx, now, inForce.approveWithin);
    const incident = due && (await loadIncident(tx, due.incidentId));
    const r = due && (await loadRecommendations(tx, due.incidentId)).find(({ id }) => id === due.id);
    if (!incident || !r?.waitsSince) return begun.length > 0;
    const until = new Date(r.waitsSince.getTime() + inForce.approveWithin * 1000);
    const waiting: Waiting = {
      tx,
      now,
      policy: policyIn(inForce, incident.room ?? defaultRoom),
      incident,
      r,
      since: r.waitsSince,
      until,
      reads: (login) => canRead(forge, roomRepository(incident.room, repo), login),
    };
    if (until <= now) await end(waiting);
    else await remind(waiting);
    await markDirty(tx, now, [incident.id], 'issue');
    return true;
  });
}

/** When it has something to do next, as far as that is known; undefined: when something changes. */
export async function nextApproval({ store, policy }: WaiterDeps): Promise<Date | undefined> {
  const { mode, approveWithin } = policy.current();
  return atMost(mode, 'recommend') ? undefined : nextDueApproval(store, approveWithin);
}

interface Waiting {
  tx: Sql;
  now: Date;
  policy: Policy;
  incident: Incident;
  r: StoredRecommendation;
  since: Date;
  until: Date;
  reads(login: string): Promise<boolean>;
}

async function remind({ tx, now, policy, incident, r, since, until, reads }: Waiting): Promise<void> {
  await setReminded(tx, r, now);
  const approvers = await approversHere(tx, r, policy, reads);
  const urgent = atLeast(incident.severity, policy.onCall.severity);
  const woken = urgent ? approvers.find((login) => login === onCall(policy, now)?.login) : undefined;
  const text = approvalReminder(r, { until, locale: policy }, { approvers, woken });
  const key = `approval:${incident.id}:${r.id}:half:${since.toISOString()}`;
  // One person, once: what waits for them expires while other incidents call.
  const mentions = woken === undefined ? {} : { mentions: { who: [woken], always: true } };
  await say(tx, now, { key, incidentId: incident.id, text, priority: 2, ...mentions });
}

async function end({ tx, now, policy, incident, r, since }: Waiting): Promise<void> {
  const incidentId = incident.id;
  const key = `approval:${incidentId}:${r.id}:over:${since.toISOString()}`;
  await say(tx, now, { key, incidentId, text: approvalOver(r, policy.approveWithin, policy.language), priority: 1 });
  if (r.requestedBy === 'yagura') {
    await dropApprovals(tx, r);
    const body = { recommendation: r.id, approvalsRanOut: r.approvals };
    await appendLedger(tx, now, policy.commit, [{ kind: 'incident.changed', incidentId, body }]);
    return;
  }
  await setStatus(tx, incidentId, r.id, 'expired');
  const body = { from: r.id, by: null, expired: true };
  await appendLedger(tx, now, policy.commit, [{ kind: 'recommendation.replaced', incidentId, body }]);
}
