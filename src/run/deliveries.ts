import { parseCommands } from '../commands/parse.ts';
import { sha256 } from '../domain/canonical.ts';
import { cutText } from '../domain/cut.ts';
import { sentenceOf } from '../domain/error.ts';
import type { Masking } from '../domain/masking.ts';
import type { IncomingRecord } from '../domain/record.ts';
import { defaultRoom, type IssueRef } from '../domain/room.ts';
import { storable } from '../domain/storable.ts';
import { admit, type Ours, repositoryOfRoom, roomOfRepository } from '../github/admit.ts';
import type { Delivery } from '../github/delivery.ts';
import type { ForgeEvent } from '../github/forge-event.ts';
import { readDelivery } from '../github/read-delivery.ts';
import { identityOf } from '../ingest/identity.ts';
import type { Clock } from '../ports/clock.ts';
import { type Forge, ForgeError, type ForgeIssue, type ForgeUser, type RepoRef } from '../ports/forge.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Store } from '../ports/store.ts';
import { isReportForm } from '../sources/report/form-answers.ts';
import { rememberComment } from '../store/commands.ts';
import { incidentOfIssue } from '../store/incidents.ts';
import { appendLedger } from '../store/ledger.ts';
import { byHand, foundByHand } from './by-hand.ts';
import { isDataFault } from './data-fault.ts';
import type { OpenRooms } from './open-rooms.ts';
import { takeAdvisory, takeAlert } from './take-alert.ts';
import { withoutSecrets } from './without-secrets.ts';

export interface DeliveryDeps {
  store: Store;
  forge: Forge;
  clock: Clock;
  masking: Masking;
  policy: PolicySource;
  repo: RepoRef;
  rooms: OpenRooms;
  /** Undefined while the forge has never said: deliveries wait. */
  ours(): Ours | undefined;
  /** Stores records; resolves when they are on disk. */
  ingest(records: IncomingRecord[]): Promise<void>;
  eventIdOf(source: string, record: unknown): string | undefined;
  /** A push to the config repository: look again. */
  onConfigPush(): void;
  onPullRequest(headSha: string): void;
  onVisibility(): void;
  /** An advisory that is news was kept. */
  onAdvisory?(): void;
  /** The app was installed, or covers other repositories now. */
  onInstallation(): void;
  log(sentence: string): void;
}

/** Stores a webhook, masked, before it is answered; the same GUID again changes nothing. */
export async function storeDelivery(
  { store, masking }: Pick<DeliveryDeps, 'store' | 'masking'>,
  delivery: Delivery,
  now: Date,
): Promise<void> {
  const masked = masking.value(storable(withoutSecret(delivery)));
  await store.query(
    `insert into delivery (guid, event, payload, received_at, room_repository) values ($1, $2, $3::jsonb, $4, $5)
     on conflict (guid) do nothing`,
    [delivery.guid, delivery.event, JSON.stringify(masked), now, inRoom(delivery) ? delivery.repositoryId : null],
  );
}

/** A leaked secret's own value is never kept, not even in the raw delivery. */
function withoutSecret(delivery: Delivery): Delivery {
  return delivery.event.startsWith('secret_scanning_')
    ? { ...delivery, payload: withoutSecrets(delivery.payload) }
    : delivery;
}

/** What people and we wrote is kept where it belongs; a webhook that was worked off tells who did what to what. */
const withoutTexts = [
  '{payload,changes}',
  '{payload,issue,title}',
  '{payload,issue,body}',
  '{payload,comment,body}',
].reduce((payload, path) => `${payload} #- '${path}'`, 'payload');

/** What people did in a room: working it off takes asking there. */
function inRoom({ event }: Delivery): boolean {
  return event === 'issues' || event === 'issue_comment';
}

/** How long what people did in a room waits for it: anybody may comment in one that became public. */
const waitsMs = 3_600_000;

/**
 * Works off the oldest stored delivery; false when there is none. What people did in a room waits while that cannot be
 * asked, for an hour, and nothing else does.
 */
export async function deliveryStep(deps: DeliveryDeps): Promise<boolean> {
  const ours = deps.ours();
  if (!ours) return false;
  const found = await deps.store.query<{ id: string; payload: Delivery }>(
    `select id, payload from delivery where id = (
       select id from delivery where outcome is null
         and (room_repository is null or room_repository <> all($1::bigint[]) or received_at < $2) order by id limit 1)`,
    [closedRooms(deps, ours), new Date(deps.clock.now().getTime() - waitsMs)],
  );
  const [row] = found.rows;
  if (!row) return false;
  const { id, payload } = row;
  const room = inRoom(payload) ? roomOfRepository(ours, payload.repositoryId, payload.installationId) : undefined;
  const outcome = await handle(deps, payload, ours).catch((error: unknown) => unhandled(deps, payload, room, error));
  if (outcome === undefined) return true;
  await deps.store.query(`update delivery set outcome = $2, payload = ${withoutTexts} where id = $1`, [id, outcome]);
  return true;
}

/** Numbers of the repositories of rooms that cannot be asked now. */
function closedRooms({ rooms }: DeliveryDeps, ours: Ours): number[] {
  const open = rooms.keys();
  const all = [defaultRoom, ...(ours.rooms ?? []).map(({ key }) => key)];
  return all.filter((room) => !open.includes(room)).flatMap((room) => repositoryOfRoom(ours, room) ?? []);
}

/**
 * A delivery that fails for a reason of its own must not keep all later ones waiting; the sweep looks at issues and
 * comments again anyway. What may pass by itself (the room, the database, a full inbox) is tried again: undefined.
 */
async function unhandled(
  deps: DeliveryDeps,
  delivery: Delivery,
  room: string | undefined,
  error: unknown,
): Promise<string | undefined> {
  if (room !== undefined && (await deps.rooms.refused(room, error))) return undefined;
  if (!isDataFault(error) && !(error instanceof ForgeError && room !== undefined)) throw error;
  deps.log(`delivery ${delivery.guid} could not be read: ${sentenceOf(error)}`);
  return `failed: ${cutText(sentenceOf(error), 200)}`;
}

async function handle(deps: DeliveryDeps, delivery: Delivery, ours: Ours): Promise<string> {
  const event = readDelivery(delivery.event, delivery.payload);
  const admission = admit(delivery, event, ours);
  if (!admission.admitted) return `dropped: ${admission.reason}`;
  // Of what waited too long a new comment is kept for the commander, in its order; the sweep finds how issues stand then.
  if (inRoom(delivery) && delivery.action !== 'created' && !deps.rooms.keys().includes(roomOf(delivery, ours)))
    return 'left to the sweep: its room was closed for too long';
  switch (event.kind) {
    case 'alert':
      return takeAlert(deps, delivery, event.source, event.payload);
    case 'advisory':
      return takeAdvisory(deps, event.payload.security_advisory, event.action);
    case 'comment':
      return takeComment(deps, event, roomOf(delivery, ours));
    case 'issue':
      return takeIssue(deps, event, roomOf(delivery, ours));
    case 'repository':
      deps.onVisibility();
      if (event.action === 'publicized') await takeAlert(deps, delivery, 'repository', delivery.payload);
      return 'visibility looked at';
    case 'push':
      if (event.isDefaultBranch) deps.onConfigPush();
      return 'policy looked at';
    case 'pull-request':
    case 'check-rerequested':
      deps.onPullRequest(event.headSha);
      return 'check asked for';
    case 'installation':
      deps.onInstallation();
      return 'noted';
    default:
      return 'noted';
  }
}

/** Of an event that was admitted because its repository is a room. */
function roomOf({ repositoryId, installationId }: Delivery, ours: Ours): string {
  return roomOfRepository(ours, repositoryId, installationId) ?? defaultRoom;
}

type CommentEvent = Extract<ForgeEvent, { kind: 'comment' }>;

async function takeComment(deps: DeliveryDeps, event: CommentEvent, room: string): Promise<string> {
  const { sender } = event;
  const comment = { ...event.comment, room };
  if (event.action !== 'created') {
    // One edited into a command is seen, so that it is answered that it does not count.
    const seen = event.action === 'edited' && (await seeComment(deps, comment));
    return seen ? 'edited into a command' : tampered(deps, event, room);
  }
  return (await seeComment(deps, comment))
    ? 'comment taken'
    : `no command${sender.type === 'User' ? '' : ' of a person'}`;
}

/** Remembers a comment when it has commands of a person; both the webhook and the sweep come here. */
export async function seeComment(
  deps: Pick<DeliveryDeps, 'store' | 'clock' | 'masking'>,
  comment: { id: number; room: string; issue: number; body: string; user: ForgeUser; viaApp: boolean; createdAt: Date },
): Promise<boolean> {
  if (comment.user.type !== 'User' || comment.viaApp) return false;
  const body = deps.masking.text(comment.body);
  if (parseCommands(body).length === 0) return false;
  return rememberComment(
    deps.store,
    {
      id: String(comment.id),
      room: comment.room,
      issue: comment.issue,
      author: comment.user.login,
      authorId: comment.user.id,
      body,
      createdAt: comment.createdAt,
    },
    deps.clock.now(),
  );
}

/** A comment that commanded something, or one of ours, was edited or deleted by somebody: that is written down. */
async function tampered(deps: DeliveryDeps, event: CommentEvent, room: string): Promise<string> {
  const { comment, sender, action } = event;
  const self = await deps.forge.self();
  if (sender.id === self.botId) return 'our own edit';
  const known = await deps.store.query(
    'select 1 from comment where id = $1 union select 1 from publication where remote_id = $1 and kind <> $2',
    [comment.id, 'issue'],
  );
  if (known.rowCount === 0) return 'nothing to do';
  const incident = await incidentOfIssue(deps.store, { room, issue: comment.issue });
  await record(deps, incident?.id ?? null, { comment: comment.id, action, by: sender.login });
  return `noted: comment ${action}`;
}

async function takeIssue(
  deps: DeliveryDeps,
  event: Extract<ForgeEvent, { kind: 'issue' }>,
  room: string,
): Promise<string> {
  const { issue, sender, action } = event;
  // Whoever did it, an app too: an issue that is gone shows nothing any more.
  if (sender.type !== 'User' && action !== 'deleted' && action !== 'transferred') return 'not a person';
  const incident = await incidentOfIssue(deps.store, { room, issue: issue.number });
  if (!incident) return action === 'opened' ? takeReport(deps, issue, room) : 'no incident';
  return byHand(deps, incident, event);
}

/** An issue of the form "Report something suspicious" is an alert; any other waits for `/adopt`. */
async function takeReport(deps: DeliveryDeps, issue: ForgeIssue, room: string): Promise<string> {
  if (issue.isPullRequest || issue.viaApp) return 'an issue of people';
  if (!issue.labels.includes('report') && !isReportForm(issue.body)) return 'an issue of people';
  await deps.ingest([reportRecord(deps, issue, room)]);
  return 'report taken';
}

/** The record of an issue taken as an alert; the issue becomes the incident's. */
export function reportRecord(deps: Pick<DeliveryDeps, 'eventIdOf'>, issue: ForgeIssue, room: string): IncomingRecord {
  const where = room === defaultRoom ? {} : { room };
  const record = {
    number: issue.number,
    title: issue.title,
    body: issue.body,
    created_at: issue.createdAt.toISOString(),
    user: { login: issue.user.login },
    ...where,
  };
  const content = Buffer.from(JSON.stringify(record));
  const contentHash = sha256(content);
  const eventId = deps.eventIdOf('report', record);
  const identity = identityOf({ source: 'report', contentHash, idempotencyKey: undefined, index: 0, eventId });
  return { source: 'report', content, contentHash, ...identity, origin: { issue: issue.number, ...where } };
}

/**
 * An issue the sweep found changed with no webhook to say by whom: a report is taken, a close by somebody with the right
 * accepted, anything else put back, since nobody with the right is known to have done it.
 */
export async function reconcileIssue(deps: DeliveryDeps, issue: ForgeIssue, room: string): Promise<void> {
  const incident = await incidentOfIssue(deps.store, { room, issue: issue.number });
  if (!incident) {
    if (issue.user.type === 'User') await takeReport(deps, issue, room);
    return;
  }
  // The webhook is here and says more.
  if (!(await deliveryWaits(deps, { room, issue: issue.number }))) await foundByHand(deps, incident, issue);
}

async function deliveryWaits(deps: DeliveryDeps, { room, issue }: IssueRef): Promise<boolean> {
  const ours = deps.ours();
  const repository = ours && repositoryOfRoom(ours, room);
  const found = await deps.store.query(
    `select 1 from delivery where outcome is null and event = 'issues' and room_repository = $2
       and payload #>> '{payload,issue,number}' = $1 limit 1`,
    [String(issue), repository],
  );
  return found.rowCount > 0;
}

async function record(deps: DeliveryDeps, incidentId: string | null, body: Record<string, unknown>): Promise<void> {
  await deps.store.transaction((tx) =>
    appendLedger(tx, deps.clock.now(), deps.policy.current().commit, [{ kind: 'tamper', incidentId, body }]),
  );
}
