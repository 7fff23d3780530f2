import { type IssueRef, roomOf } from '../domain/room.ts';
import { mentionWords } from '../messages/mentions.ts';
import { withoutMentions } from '../publish/without-mentions.ts';
import { type Mentions, mayCall, mostCalling, type SettledMentions, toldOf, writeMentions } from '../store/mentions.ts';
import type { DuePublication } from '../store/publications.ts';
import type { OutboxDeps } from './outbox-deps.ts';
import { roomRepository } from './room-repository.ts';
import { whyNotNamed } from './why-not-named.ts';

type Settling = Pick<OutboxDeps, 'store' | 'forge' | 'clock' | 'policy' | 'repo'>;

/**
 * The one place that every mention goes through, once, before its text is first sent: mentioned are those who may be named
 * there, while not too many incidents call people; the others stand in it as names. Returns the publication as it goes out.
 */
export async function settleMentions(deps: Settling, publication: DuePublication): Promise<DuePublication> {
  const { mentions, text, room, incidentId } = publication;
  if (mentions === null || 'told' in mentions || text === null) return publication;
  const now = deps.clock.now();
  const crowded = incidentId !== null && mentions.always !== true && !(await mayCall(deps.store, now, incidentId));
  const settled: SettledMentions = crowded
    ? { told: [], waits: mentions.who, since: now.toISOString() }
    : await whoMayBe(deps, mentions, publication);
  const names = withoutMentions(
    text,
    mentions.who.filter((one) => !settled.told.includes(one)),
  );
  const note = mentionWords(roomOf(deps.policy.current(), room).language).crowded(mostCalling);
  const decided = {
    text: crowded ? `${names}\n\n<sub>${note}</sub>` : names,
    mentions: { ...settled, ...(mentions.only === true && { only: true }) },
  };
  await deps.store.transaction((tx) => writeMentions(tx, now, publication, decided));
  return { ...publication, ...decided };
}

/** Of a team only GitHub knows who hears it: those of its members who can read the room. */
async function whoMayBe(
  { store, forge, policy, repo }: Settling,
  { who, unlessTold }: Mentions,
  { room, incidentId }: Pick<DuePublication, 'incidentId'> & Pick<IssueRef, 'room'>,
): Promise<SettledMentions> {
  const where = { sql: store, forge, room: roomRepository(room, repo) };
  const before = unlessTold === true && incidentId !== null ? await toldOf(store, incidentId) : [];
  const told: string[] = [];
  const passed: NonNullable<SettledMentions['passed']> = [];
  for (const login of who.filter((one) => !before.includes(one))) {
    const because = login.includes('/') ? undefined : await whyNotNamed(where, policy.current(), incidentId, login);
    if (because === undefined) told.push(login);
    else passed.push({ login, because });
  }
  // Those whose names stand in the alerts decide nothing there, but an attacker who names everybody wakes them all the same.
  const ofPart = passed.filter(({ because }) => because === 'part of it');
  if (told.length === 0 && before.length === 0 && ofPart.length > 0) {
    const others = passed.filter((one) => !ofPart.includes(one));
    return { told: ofPart.map(({ login }) => login), ...(others.length > 0 && { passed: others }) };
  }
  return { told, ...(passed.length > 0 && { passed }) };
}
