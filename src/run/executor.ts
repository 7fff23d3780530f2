import { neverBlocked } from '../domain/context.ts';
import { entityKey } from '../domain/entity.ts';
import { sentenceOf } from '../domain/error.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { Locale } from '../domain/locale.ts';
import { atMost } from '../domain/policy.ts';
import type { Task } from '../domain/task.ts';
import { statusWords } from '../messages/statuses.ts';
import { taskWords } from '../messages/tasks.ts';
import type { Clock } from '../ports/clock.ts';
import { ForgeError, type RepoRef } from '../ports/forge.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Sql, Store } from '../ports/store.ts';
import { taskLine } from '../publish/do-next.ts';
import type { OpenResource } from '../respond/connector.ts';
import { dueTasks, loadTasks } from '../store/actions.ts';
import { waitingCommands } from '../store/commands.ts';
import { endIfNothingHolds } from '../store/emergencies.ts';
import { incidentPlace } from '../store/incidents.ts';
import { appendLedger } from '../store/ledger.ts';
import { markDirty, say, touch } from '../store/publications.ts';
import { moveTask } from '../store/tasks.ts';
import { endEmergency } from './end-emergency.ts';
import { policyInRoom } from './policy-in-room.ts';
import type { ResourcePool } from './resources.ts';
import { heldBy, orderOf, othersHolding } from './task-order.ts';

export interface ExecutorDeps {
  store: Store;
  clock: Clock;
  policy: PolicySource;
  repo: RepoRef;
  resources: ResourcePool;
}

/** Tries before a task is given up, and the wait before the next. */
const attemptLimit = 4;
const longestRetryMs = 300_000;
const retryMs = (attempt: number): number => Math.min(longestRetryMs, 2_000 * 4 ** attempt);

/**
 * Does what one due task needs next; false when none is due. Every step is idempotent, so a crash repeats it safely. One
 * that holds and is due before its end was given another end: it is applied again with that.
 */
export async function executorStep(given: ExecutorDeps): Promise<boolean> {
  const now = given.clock.now();
  const [task] = await dueTasks(given.store, now, 1);
  if (!task) return false;
  const { room } = await incidentPlace(given.store, task.incidentId);
  const deps = { ...given, policy: policyInRoom(given.policy, room) };
  const over = task.expiresAt !== undefined && task.expiresAt <= now;
  if (over && (await endEmergency(deps.store, task, deps.policy.current(), now))) return true;
  if (task.status === 'planned' || task.status === 'applying') await applyTask(deps, task);
  else if (task.status === 'undoing') await undoTask(deps, task, 'undone');
  else if (task.status === 'active' || task.status === 'unverified')
    await (over ? undoTask(deps, task, 'expired') : move(deps, task, { ...begun, dueAt: now }));
  else await move(deps, task, { status: task.status, detail: task.detail, dueAt: null });
  return true;
}

/** Words of what a task shows, which are kept in the language of the moment. */
const wordsOf = (deps: ExecutorDeps) => taskWords(deps.policy.current().language);

const begun = { status: 'applying', detail: '' } as const;

async function applyTask(deps: ExecutorDeps, task: Task): Promise<void> {
  const words = wordsOf(deps);
  const never = neverBlocked(deps.policy.current().neverBlock, task.target);
  if (never !== undefined) return takeBack(deps, task, words.neverBlock(never));
  const { mode } = deps.policy.current();
  if (atMost(mode, 'recommend')) return takeBack(deps, task, words.byMode(mode));
  const over = task.expiresAt !== undefined && task.expiresAt <= deps.clock.now();
  if (over && task.status === 'planned') {
    await move(deps, task, { status: 'expired', detail: words.over, dueAt: null });
    return;
  }
  if (over) return undoTask(deps, task, 'expired');
  if (task.status === 'planned' && !(await move(deps, task, { ...begun, dueAt: deps.clock.now() }))) return;
  const applying: Task = { ...task, status: 'applying' };
  const attempt = await attemptsOf(deps.store, task);
  try {
    const resource = await open(deps, applying);
    const order = await orderOf(deps, applying, [...(await othersHolding(deps, task)), applying]);
    const done = await resource.apply(order);
    const seen = await resource.verify(order);
    const dueAt = task.expiresAt ?? null;
    if (seen.holds) await move(deps, applying, { status: 'active', detail: seen.sentence || done, dueAt });
    else if (attempt + 1 < attemptLimit) throw new Error(seen.sentence);
    else
      await move(deps, applying, {
        status: 'unverified',
        detail: words.notSeen(seen.sentence),
        dueAt,
      });
  } catch (error) {
    await again(deps, applying, attempt, error);
  }
}

/** Ends what may not be done any more; what was begun may be applied already, so it is undone. */
async function takeBack(deps: ExecutorDeps, task: Task, why: string): Promise<void> {
  if (task.status === 'planned') return fail(deps, task, why);
  await move(deps, task, { status: 'undoing', detail: why, dueAt: deps.clock.now() });
}

async function undoTask(deps: ExecutorDeps, task: Task, end: 'undone' | 'expired'): Promise<void> {
  const attempt = await attemptsOf(deps.store, task);
  try {
    const resource = await open(deps, task);
    const others = await othersHolding(deps, task);
    const order = await orderOf(deps, task, others);
    const held = others.find((one) => entityKey(one.target) === entityKey(task.target));
    const done = await resource.undo(order);
    const seen = await resource.verify(order);
    if (seen.holds && !held) throw new Error(seen.sentence);
    await move(deps, task, { status: end, detail: held ? await heldBy(deps, task, held) : done, dueAt: null });
  } catch (error) {
    await again(deps, task, attempt, error);
  }
}

/**
 * A task that cannot be opened or done is tried again with longer waits, then given up where people see it. A forge that
 * is away is waited for as long as it takes: what was active must not end because a restart could not look.
 */
async function again(deps: ExecutorDeps, task: Task, attempt: number, error: unknown): Promise<void> {
  const words = wordsOf(deps);
  const why = sentenceOf(error, deps.policy.current().language);
  const undoing = task.status !== 'applying';
  const hopeless = error instanceof Unavailable;
  if (!hopeless && (attempt + 1 < attemptLimit || isAway(error))) {
    const dueAt = new Date(deps.clock.now().getTime() + retryMs(attempt));
    await move(deps, task, { status: task.status, detail: words.tryAgain(why), dueAt, attempts: attempt + 1 });
    return;
  }
  await fail(deps, task, undoing ? words.mayHold(why) : why);
}

function isAway(error: unknown): boolean {
  const passing: ForgeError['reason'][] = ['unavailable', 'unknown', 'secondary-limit', 'primary-limit'];
  return error instanceof ForgeError && passing.includes(error.reason);
}

async function fail(deps: ExecutorDeps, task: Task, why: string): Promise<void> {
  await move(deps, task, { status: 'failed', detail: why, dueAt: null });
}

/** A resource that cannot be used here, which waiting does not change. */
class Unavailable extends Error {}

async function open(deps: ExecutorDeps, task: Task): Promise<OpenResource> {
  const resource = await deps.resources.open(task.resource);
  if ('unavailable' in resource) throw new Unavailable(resource.unavailable[deps.policy.current().language]);
  return resource;
}

async function attemptsOf(sql: Sql, task: Task): Promise<number> {
  const found = await sql.query<{ attempts: number }>(
    'select attempts from task where incident_id = $1 and number = $2',
    [task.incidentId, Number(task.id.slice(1))],
  );
  return found.rows[0]?.attempts ?? 0;
}

type Move = Parameters<typeof moveTask>[2];

/**
 * Moves a task on with everything that shows it: ledger, issue, the receipts that wait for it, a word when it failed.
 * False when the task was moved by somebody else meanwhile: then the next step finds it as it is.
 */
async function move(deps: ExecutorDeps, task: Task, to: Move): Promise<boolean> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const entry = await moveTask(tx, task, to, now);
    if (!entry) return false;
    await markDirty(tx, now, [task.incidentId], 'issue');
    const ended = !living.has(to.status) && (await endIfNothingHolds(tx, task, now));
    await settleReceipts(tx, task, deps.policy.current());
    if (to.status === 'failed' || to.status === 'unverified')
      await say(tx, now, {
        key: `task:${task.incidentId}:${task.id}:${to.status}`,
        incidentId: task.incidentId,
        text: failedComment({ ...task, status: to.status, detail: to.detail }, deps.policy.current()),
        priority: 2,
      });
    const alone = { recommendation: task.recommendation, because: to.detail };
    const undone: LedgerEntry = { kind: 'emergency.undone', incidentId: task.incidentId, body: alone };
    await appendLedger(tx, now, task.policyCommit, ended ? [entry, undone] : [entry]);
    return true;
  });
}

const living = new Set<Task['status']>(['planned', 'applying', 'active', 'unverified', 'undoing']);

/** The comment about a task that came to no good end. */
function failedComment(task: Task, locale: Locale): string {
  const status = statusWords(locale.language)[task.status];
  return `${taskWords(locale.language).ended(task.id, status)} ${taskLine(task, locale)}`;
}

const settled = new Set(['active', 'unverified', 'undone', 'expired', 'failed']);

/** Brings the receipts of commands that wait for an incident's tasks up to date. */
async function settleReceipts(tx: Sql, task: Task, locale: Locale): Promise<void> {
  const tasks = await loadTasks(tx, task.incidentId);
  for (const waiting of await waitingCommands(tx, task.incidentId)) {
    if (!waiting.tasks.includes(task.id)) continue;
    const mine = tasks.filter((t) => waiting.tasks.includes(t.id));
    const done = mine.every((t) => settled.has(t.status));
    const failed = mine.some((t) => t.status === 'failed');
    const lines = mine.map((t) => `\n  - ${taskLine(t, locale)}`).join('');
    await tx.query(`update command set state = $3, answer = $4 where comment_id = $1 and line = $2`, [
      waiting.commentId,
      waiting.line,
      done ? (failed ? 'failed' : 'done') : 'waiting',
      lines,
    ]);
    await touch(tx, [`receipt:${waiting.commentId}`]);
  }
}
