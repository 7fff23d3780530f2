import { defaultRoom, policyIn } from '../domain/room.ts';
import { calledLaterComment } from '../publish/called-later-comment.ts';
import { quietVerdicts } from '../publish/needs-human.ts';
import { loadTitledIncident } from '../store/incidents.ts';
import { takeWaiting } from '../store/mentions.ts';
import { say } from '../store/publications.ts';
import type { WaiterDeps } from './on-call.ts';

/**
 * Mentions people for the worst incident whose mention waited until fewer others call, in a comment of its own: an edit
 * would wake nobody. False when none waits that may call now.
 */
export async function callLaterStep({ store, clock, policy }: WaiterDeps): Promise<boolean> {
  const inForce = policy.current();
  if (inForce.mode === 'observe') return false;
  const now = clock.now();
  return store.transaction(async (tx) => {
    const waiting = await takeWaiting(tx, now, quietVerdicts);
    const incident = waiting && (await loadTitledIncident(tx, waiting.incidentId));
    if (!waiting || !incident) return false;
    const { id, incidentId, who } = waiting;
    const text = calledLaterComment(incident, who, policyIn(inForce, incident.room ?? defaultRoom).language);
    // Where it is crowded again by then, it waits once more.
    await say(tx, now, { key: `mention:${id}`, incidentId, text, priority: 2, mentions: { who, only: true } });
    return true;
  });
}
