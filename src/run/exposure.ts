import { type Advisory, packageKey } from '../domain/advisory.ts';
import { inRange } from '../domain/version-range.ts';
import { exposureEndWords } from '../messages/exposure-end.ts';
import type { Exposure, HeldPackage, Told } from '../store/exposures.ts';

/** How long before a malicious version was made public it may have been in use. */
export const lookBackMs = 14 * 24 * 3_600_000;

/** As the store has it; the issue says it in its language. */
const ends = exposureEndWords('en');

/** A change of what an advisory means to us, to be told. */
export interface Change {
  exposure: Exposure;
  action: 'open' | 'fixed' | 'dismissed' | 'reopened';
  why?: string;
  /** For malware: where it is or was. */
  held: HeldPackage[];
  /** It was so already when the repository was connected. */
  backlog?: true;
}

/** One package in one repository. */
interface Affected {
  held: HeldPackage[];
  certain: boolean;
  range: string;
  fixed?: string;
}

/**
 * What there is to tell of an advisory: where its package is in a vulnerable version now, and where that is over. Pure.
 */
export function exposureChanges(
  advisory: Advisory,
  held: readonly HeldPackage[],
  told: readonly Exposure[],
  watched: ReadonlySet<number>,
): Change[] {
  const now = affectedPlaces(advisory, held);
  const before = new Map(told.map((one) => [keyOf(one.repository, one.package), one]));
  const changes: Change[] = [];
  for (const [key, affected] of now) {
    const [first] = affected.held;
    if (!first || advisory.withdrawnAt) continue;
    const known = before.get(key);
    const place = placeOf(affected, first);
    // A malicious package that is gone is told all the same: what ran with it ran.
    const state = affected.held.some((one) => one.goneAt === undefined) ? 'open' : 'fixed';
    if (known?.state === state && (state === 'fixed' || known.told.place.certain === place.certain)) continue;
    const back = known !== undefined && known.state !== 'open';
    const action = state === 'fixed' ? 'fixed' : back ? 'reopened' : 'open';
    const { id, owner, name, installation } = first.repository;
    const repository = { id, full_name: `${owner}/${name}` };
    const next: Told = { step: (known?.told.step ?? 0) + 1, repository, installation, place };
    const exposure: Exposure = { repository: id, package: first.package, state, told: next };
    const why = state === 'fixed' ? { why: ends.gone } : {};
    const old = action === 'open' && isBacklog(advisory, affected.held) ? { backlog: true as const } : {};
    changes.push({ exposure, action, held: affected.held, ...why, ...old });
  }
  for (const [key, known] of before) {
    if (known.state !== 'open' || (now.has(key) && !advisory.withdrawnAt)) continue;
    const { action, why } = over(advisory, watched.has(known.repository));
    const next = { ...known.told, step: known.told.step + 1 };
    changes.push({ exposure: { ...known, state: action, told: next }, action, why, held: [] });
  }
  return changes;
}

/** Whether the world knew of it before we saw the repository, which had it then. Malware is news whenever it is found. */
function isBacklog({ malware, publishedAt, updatedAt }: Advisory, held: readonly HeldPackage[]): boolean {
  const known = publishedAt ?? updatedAt;
  return !malware && held.every((one) => !one.cameLater && known < one.firstSeen);
}

function over({ withdrawnAt }: Advisory, isWatched: boolean): { action: 'fixed' | 'dismissed'; why: string } {
  if (withdrawnAt) return { action: 'dismissed', why: ends.withdrawn };
  if (!isWatched) return { action: 'dismissed', why: ends.unwatched };
  return { action: 'fixed', why: ends.gone };
}

function affectedPlaces(advisory: Advisory, held: readonly HeldPackage[]): Map<string, Affected> {
  const places = new Map<string, Affected>();
  for (const one of held) {
    if (one.goneAt && !(advisory.malware && wasThere(advisory, one.goneAt))) continue;
    for (const advised of advisory.packages) {
      if (packageKey(advised.ecosystem, advised.name) !== one.package) continue;
      const hit = inRange(one.version, advised.range, advised.ecosystem);
      if (hit === false) continue;
      const key = keyOf(one.repository.id, one.package);
      const known = places.get(key);
      // What is certain says more than what is possible.
      if (known && (known.certain || hit === undefined)) known.held.push(one);
      else {
        const cure = advised.fixed === undefined ? {} : { fixed: advised.fixed };
        const others = known?.held ?? [];
        places.set(key, { held: [one, ...others], certain: hit === true, range: advised.range, ...cure });
      }
      break;
    }
  }
  return places;
}

function wasThere({ publishedAt, updatedAt }: Advisory, goneAt: Date): boolean {
  return goneAt.getTime() >= (publishedAt ?? updatedAt).getTime() - lookBackMs;
}

function placeOf({ held, certain, range, fixed }: Affected, first: HeldPackage): Record<string, unknown> {
  const versions = [...new Set(held.map((one) => one.version))].slice(0, 5).join(', ');
  const direct = held.find((one) => one.relationship === 'direct') ?? held.find((one) => one.relationship);
  return {
    package: first.name,
    ecosystem: first.ecosystem,
    installed: versions,
    certain,
    range,
    ...(fixed !== undefined && { fixed }),
    ...(direct?.relationship && { relationship: direct.relationship }),
  };
}

function keyOf(repository: number, name: string): string {
  return `${repository} ${name}`;
}
