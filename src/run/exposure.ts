import { type Advisory, packageKey } from '../domain/advisory.ts';
import { inRange } from '../domain/version-range.ts';
import { exposureEndWords } from '../messages/exposure-end.ts';
import type { Exposure, HeldPackage, Said, Told } from '../store/exposures.ts';
import { saidOf, saysAnew } from './said-anew.ts';

/** How long before a malicious version was made public it may have been in use. */
export const lookBackMs = 14 * 24 * 3_600_000;

/** As the store has it; the issue says it in its language. */
const ends = exposureEndWords('en');

/** A change of what an advisory means to us, to be told. */
export interface Change {
  exposure: Exposure;
  /** `updated` says anew what is open; it opens nothing. */
  action: 'open' | 'updated' | 'fixed' | 'dismissed' | 'reopened';
  /** Whether it is told as a threat. */
  malware: boolean;
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

/** What there is to tell, and what was told and is only to be written down. */
export interface ExposureChanges {
  changes: Change[];
  noted: Exposure[];
}

/**
 * What there is to tell of an advisory: where its package is in a vulnerable version now, what it says anew, and where it
 * is over. `likelyFrom` is the EPSS from which it counts as exploited. Pure.
 */
export function exposureChanges(
  advisory: Advisory,
  held: readonly HeldPackage[],
  told: readonly Exposure[],
  { watched, likelyFrom }: { watched: ReadonlySet<number>; likelyFrom: number },
): ExposureChanges {
  const now = advisory.withdrawnAt ? new Map<string, Affected>() : affectedPlaces(advisory, held);
  const before = new Map(told.map((one) => [keyOf(one.repository, one.package), one]));
  const changes: Change[] = [];
  const noted: Exposure[] = [];
  for (const [key, affected] of now) {
    const found = heldChanges(advisory, affected, before.get(key), likelyFrom);
    changes.push(...found.changes);
    noted.push(...found.noted);
  }
  for (const [key, known] of before) {
    const end = now.has(key) ? undefined : over(advisory, known, watched.has(known.repository));
    if (end) changes.push(ended(known, end));
  }
  return { changes, noted };
}

/** Of a package that is there, or was while it may have done harm. */
function heldChanges(
  advisory: Advisory,
  affected: Affected,
  told: Exposure | undefined,
  likelyFrom: number,
): ExposureChanges {
  const { malware } = advisory;
  const [first] = affected.held;
  if (!first) return { changes: [], noted: [] };
  // What is a threat now was a vulnerability, or the other way round: one ends, the other begins.
  const turned = told !== undefined && told.told.said.malware !== malware;
  const end = turned && stands(told) ? ended(told, turnedInto(malware)) : undefined;
  const known = turned ? undefined : told;
  const place = placeOf(affected, first);
  const said = saidOf(advisory);
  // A malicious package that is gone is told all the same: what ran with it ran.
  const state = affected.held.some((one) => one.goneAt === undefined) ? 'open' : 'fixed';
  const action = actionOf(known, state, { place, said }, likelyFrom);
  if (action === undefined)
    return { changes: [], noted: known && known.told.said.words === undefined ? [noteWords(known, said)] : [] };
  const { id, owner, name, installation } = first.repository;
  const repository = { id, full_name: `${owner}/${name}` };
  const step = ((end?.exposure ?? told)?.told.step ?? 0) + 1;
  const exposure: Exposure = {
    ...{ repository: id, package: first.package, state },
    told: { step, repository, installation, place, said },
  };
  const why = state === 'fixed' ? { why: ends.gone } : {};
  // What comes back with its repository stands where it stood, as scanners' alerts do.
  const begins = action === 'open' || action === 'reopened';
  const old = begins && isBacklog(advisory, affected.held) ? { backlog: true as const } : {};
  const change: Change = { exposure, action, malware, held: affected.held, ...why, ...old };
  return { changes: end ? [end, change] : [change], noted: [] };
}

/** Undefined where there is nothing to tell. */
function actionOf(
  known: Exposure | undefined,
  state: 'open' | 'fixed',
  now: Pick<Told, 'place' | 'said'>,
  likelyFrom: number,
): Change['action'] | undefined {
  if (state === 'fixed') return known?.state === 'fixed' ? undefined : 'fixed';
  if (known === undefined) return 'open';
  if (known.state !== 'open') return 'reopened';
  // It was possible and is certain: that is news.
  if (known.told.place.certain !== true && now.place.certain === true) return 'open';
  return saysAnew(known.told, now, likelyFrom) ? 'updated' : undefined;
}

function noteWords(known: Exposure, { words }: Said): Exposure {
  return { ...known, told: { ...known.told, said: { ...known.told.said, ...(words !== undefined && { words }) } } };
}

/** Whether it is told somewhere as something that is: a threat also where the package is gone. */
function stands({ state, told }: Exposure): boolean {
  return state === 'open' || (state === 'fixed' && told.said.malware);
}

/** Whether the world knew of it before we saw the repository, which had it then. Malware is news whenever it is found. */
function isBacklog({ malware, publishedAt, updatedAt }: Advisory, held: readonly HeldPackage[]): boolean {
  const known = publishedAt ?? updatedAt;
  return !malware && held.every((one) => !one.cameLater && known < one.firstSeen);
}

/** How it ended. */
interface End {
  action: 'fixed' | 'dismissed';
  why: string;
}

function ended(known: Exposure, { action, why }: End): Change {
  const exposure: Exposure = { ...known, state: action, told: { ...known.told, step: known.told.step + 1 } };
  return { exposure, action, malware: known.told.said.malware, why, held: [] };
}

function turnedInto(malware: boolean): End {
  return { action: 'dismissed', why: malware ? ends.malicious : ends.harmless };
}

/** Of what was told where it is no more; undefined where that was told, too. */
function over({ withdrawnAt, malware }: Advisory, known: Exposure, isWatched: boolean): End | undefined {
  if (!malware && known.told.said.malware && stands(known)) return turnedInto(malware);
  if (known.state !== 'open') return undefined;
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
