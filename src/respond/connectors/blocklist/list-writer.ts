import { defang } from '../../../domain/defang.ts';
import type { Clock } from '../../../ports/clock.ts';
import { type Forge, ForgeError, type RepoRef } from '../../../ports/forge.ts';
import { plainReference, whyNotBlockable } from '../../blockable.ts';
import type { Order } from '../../connector.ts';
import { heldAfter } from '../../held-after.ts';
import { linesOf, listBranch, listFile, listLines, listPath } from './list-file.ts';
import { RecentChanges } from './recent-changes.ts';

export interface ListPlace {
  forge: Forge;
  repo: RepoRef;
  clock: Clock;
  list: string;
}

/** Orders on one branch, one after the other. */
interface Lane {
  tail: Promise<unknown>;
  changes: Map<string, RecentChanges>;
}

/** By forge and repository, so that a resource opened anew after a policy change waits for the old one's writes. */
const lanes = new WeakMap<Forge, Map<string, Lane>>();

const attempts = 4;

export const blockTypes: Order['target']['type'][] = ['ip', 'domain'];

/**
 * Makes the list file what is to hold once the order is carried out. Nothing is committed when the targets are there
 * already. Returns whether there was a commit, and how many targets the list has. Throws `ForgeError`.
 */
export function writeList(
  place: ListPlace,
  order: Order,
  change: 'apply' | 'undo',
): Promise<{ committed: boolean; size: number }> {
  const lane = laneOf(place);
  const changes = lane.changes.get(place.list) ?? new RecentChanges();
  lane.changes.set(place.list, changes);
  const mine = changes.begin(order.target, heldAfter(order, change, place.clock.now()));
  const writing = lane.tail.then(async () => {
    try {
      const written = await write(place, order, change, changes);
      changes.end(mine, true);
      return written;
    } catch (error) {
      changes.end(mine, false);
      throw error;
    }
  });
  lane.tail = writing.catch(() => {});
  return writing;
}

/** The targets of the list as the forge has it now; undefined when there is no such file. */
export async function readList({ forge, repo, list }: ListPlace): Promise<string[] | undefined> {
  const content = await forge.file(repo, listBranch, listPath(list));
  return content && linesOf(content);
}

async function write(place: ListPlace, order: Order, change: 'apply' | 'undo', changes: RecentChanges) {
  const { forge, repo, clock, list } = place;
  for (let left = attempts; ; left -= 1) {
    const now = clock.now();
    // A target of another task that no list may hold fails its own task, not this one.
    const targets = changes.over(order.holding, now).filter((t) => whyNotBlockable(t, blockTypes) === undefined);
    const lines = listLines(targets);
    const before = (await readList(place)) ?? [];
    if (before.join('\n') === lines.join('\n')) return { committed: left < attempts, size: lines.length };
    const content = Buffer.from(listFile(list, lines, now));
    try {
      await forge.commit(repo, listBranch, messageOf(order, change, list), [{ path: listPath(list), content }]);
      return { committed: true, size: lines.length };
    } catch (error) {
      if (left <= 1 || !isWorthLooking(error)) throw error;
    }
  }
}

/** A lost race or an unknown result: the next round reads what is there now. */
function isWorthLooking(error: unknown): boolean {
  if (!(error instanceof ForgeError)) return false;
  if (error.reason === 'validation') return /fast.forward|already exists/i.test(error.message);
  return error.reason === 'conflict' || error.reason === 'unknown';
}

function messageOf(order: Order, change: 'apply' | 'undo', list: string): string {
  const verb = change === 'apply' ? 'Block' : 'Unblock';
  const reference = plainReference(order.reference);
  return `${verb} ${defang(order.target)} on ${list}${reference === '' ? '' : ` (${reference})`}`;
}

function laneOf({ forge, repo }: ListPlace): Lane {
  const ofForge = lanes.get(forge) ?? new Map<string, Lane>();
  lanes.set(forge, ofForge);
  const key = `${repo.owner}/${repo.name}`;
  const lane = ofForge.get(key) ?? { tail: Promise.resolve(), changes: new Map() };
  ofForge.set(key, lane);
  return lane;
}
