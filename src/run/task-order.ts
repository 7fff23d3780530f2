import { roomOf } from '../domain/room.ts';
import type { Task } from '../domain/task.ts';
import { taskWords } from '../messages/tasks.ts';
import type { Order } from '../respond/connector.ts';
import { tasksHolding } from '../store/actions.ts';
import { incidentPlace } from '../store/incidents.ts';
import type { ExecutorDeps } from './executor.ts';
import { roomRepository } from './room-repository.ts';

type OrderDeps = Pick<ExecutorDeps, 'store' | 'clock' | 'policy' | 'repo'>;

/** Tasks besides this one that hold something on its resource now. */
export async function othersHolding({ store, clock }: OrderDeps, task: Task): Promise<Task[]> {
  const now = clock.now();
  return (await tasksHolding(store, task.resource)).filter(
    (t) => !(t.incidentId === task.incidentId && t.id === task.id) && (t.expiresAt === undefined || t.expiresAt > now),
  );
}

/** What a connector is told of a task; `holding` is all that holds on its resource once it is carried out. */
export async function orderOf(deps: OrderDeps, task: Task, holding: readonly Task[]): Promise<Order> {
  return {
    action: task.action,
    target: task.target,
    expiresAt: task.expiresAt,
    language: deps.policy.current().language,
    // Lists and firewalls are read by more people than a restricted room is: the target is all they need.
    reference: (await referenceOf(deps, task)) ?? '',
    holding: holding.map(({ target, expiresAt }) => ({ target, expiresAt })),
  };
}

/** Says in a task's own room who keeps its target where it is. */
export async function heldBy(deps: OrderDeps, task: Task, other: Task): Promise<string> {
  const { room } = await incidentPlace(deps.store, task.incidentId);
  const words = taskWords(deps.policy.current().language);
  const reference = await referenceOf(deps, other, room);
  return reference === undefined ? words.heldElsewhere : words.heldBy(reference);
}

/** Where a task was ordered, as a room's readers may know it, or everybody's; undefined for a restricted room but to its own. */
async function referenceOf(deps: OrderDeps, task: Task, reader?: string): Promise<string | undefined> {
  const { room, issue } = await incidentPlace(deps.store, task.incidentId);
  if (room !== reader && roomOf(deps.policy.current(), room).restricted) return undefined;
  const { owner, name } = roomRepository(room, deps.repo);
  return `${owner}/${name}${issue === undefined ? '' : `#${issue}`} ${task.id}`;
}
