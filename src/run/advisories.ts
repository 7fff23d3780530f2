import type { Advisory, WatchedRepository } from '../domain/advisory.ts';
import { sha256 } from '../domain/canonical.ts';
import { sentenceOf } from '../domain/error.ts';
import type { IncomingRecord } from '../domain/record.ts';
import { identityOf } from '../ingest/identity.ts';
import type { Clock } from '../ports/clock.ts';
import { ForgeError } from '../ports/forge.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Store } from '../ports/store.ts';
import type { SupplyChain } from '../ports/supply-chain.ts';
import { advisoryDone, dueAdvisories, forgetAdvisories } from '../store/advisories.ts';
import { heldPackages, saveExposures, toldExposures } from '../store/exposures.ts';
import { markDirty } from '../store/publications.ts';
import { readSetting, writeSetting } from '../store/settings-table.ts';
import { dueBetween } from '../store/time-to-mend.ts';
import { installationsBeside, readAgain, saveRepositories } from '../store/watched-repositories.ts';
import { dataFault } from './data-fault.ts';
import { type Change, exposureChanges } from './exposure.ts';
import { type Limited, runsOf } from './malware-runs.ts';
import { lookAtOwnAdvisories } from './own-advisories.ts';
import { freshMs, readDependencies, readGuides } from './read-repositories.ts';

export interface AdvisoryDeps {
  store: Store;
  clock: Clock;
  policy: PolicySource;
  supplyChain: SupplyChain;
  /** Installations that count as ours; none while the forge has never said. */
  installations(): readonly number[];
  /** Whether what is in the repository is our business. */
  accepts(repository: WatchedRepository): boolean;
  /** Stores records; resolves when they are on disk. */
  ingest(records: IncomingRecord[]): Promise<void>;
  eventIdOf(source: string, record: unknown): string | undefined;
  log(sentence: string): void;
}

/** How often repositories are listed. */
const listEveryMs = 3_600_000;

/** Advisories judged in one step. */
const advisoriesAStep = 50;

/** Records stored in one go: each has the whole advisory. */
const recordsAtATime = 500;

/**
 * Holds advisories of the whole world against what our repositories depend on. One that is about nothing of ours stays
 * what it is, a row. True when there is more to do now.
 */
export async function advisoryStep(deps: AdvisoryDeps): Promise<boolean> {
  const { store, clock } = deps;
  const due = await dueAdvisories(store, advisoriesAStep);
  await listRepositories(deps);
  for (const advisory of due) {
    const since = new Date(clock.now().getTime() - freshMs);
    await readAgain(store, clock.now(), advisory.ghsa, since);
  }
  await readDependencies(deps);
  const limited: Limited = new Map();
  for (const advisory of await dueAdvisories(store, advisoriesAStep)) {
    const fault = await dataFault(judge({ ...deps, limited }, advisory));
    if (fault === undefined) continue;
    deps.log(`${advisory.ghsa} could not be held against our repositories: ${sentenceOf(fault.error)}`);
    await advisoryDone(store, advisory);
  }
  await readGuides(deps);
  await lookAtOwnAdvisories(deps);
  await sayOverdue(deps);
  return due.length === advisoriesAStep;
}

/** An issue says that its day is over as soon as it is. */
async function sayOverdue({ store, clock }: AdvisoryDeps): Promise<void> {
  const now = clock.now();
  const last = await readSetting<string>(store, 'mending.overdue');
  await store.transaction(async (tx) => {
    await markDirty(tx, now, await dueBetween(tx, new Date(last ?? 0), now), 'issue');
    await writeSetting(tx, 'mending.overdue', now.toISOString());
  });
}

async function listRepositories({
  store,
  clock,
  supplyChain,
  installations,
  accepts,
  log,
}: AdvisoryDeps): Promise<void> {
  const now = clock.now();
  const last = await readSetting<string>(store, 'advisories.listed');
  const ours = installations();
  if (ours.length === 0 || (last && now.getTime() - Date.parse(last) < listEveryMs)) return;
  for (const installation of ours) {
    // An organization that cannot be asked keeps no other from it, and what was known of it stands.
    const covered = await supplyChain.repositories(installation).catch((error: unknown) => {
      if (!(error instanceof ForgeError)) throw error;
      log(`installation ${installation}: ${sentenceOf(error)}`);
    });
    if (covered === undefined) continue;
    const repositories = covered.filter(accepts);
    await store.transaction((tx) => saveRepositories(tx, now, installation, repositories));
  }
  // What is not ours any more is watched no more; what was told of it ends.
  for (const installation of await installationsBeside(store, ours))
    await store.transaction((tx) => saveRepositories(tx, now, installation, []));
  await forgetAdvisories(store);
  await writeSetting(store, 'advisories.listed', now.toISOString());
}

type JudgeDeps = AdvisoryDeps & { limited: Limited };

/**
 * Tells what changed. A record that was stored before a crash is known by its step when it is told again. An advisory of
 * which not all can be told yet stays due.
 */
async function judge(deps: JudgeDeps, advisory: Advisory): Promise<void> {
  const { store } = deps;
  const told = await toldExposures(store, advisory.ghsa);
  const held = await heldPackages(store, advisory.ghsa);
  const watched = await watchedAmong(
    store,
    told.map((one) => one.repository),
  );
  const { likelyFrom } = deps.policy.current().vulnerabilities;
  const { changes, noted } = exposureChanges(advisory, held, told, { watched, likelyFrom });
  const exposures = [...noted];
  for (let k = 0; k < changes.length; k += recordsAtATime) {
    const records: IncomingRecord[] = [];
    for (const change of changes.slice(k, k + recordsAtATime)) {
      const record = await recordOf(deps, advisory, change);
      if (record === undefined) continue;
      records.push(record);
      exposures.push(change.exposure);
    }
    if (records.length > 0) await deps.ingest(records);
  }
  const unsaid = noted.length + changes.length - exposures.length;
  await store.transaction(async (tx) => {
    await saveExposures(tx, advisory.ghsa, exposures);
    if (unsaid === 0) await advisoryDone(tx, advisory);
  });
  if (changes.length > unsaid)
    deps.log(`${advisory.ghsa}: told of ${changes.length - unsaid} places in our repositories`);
  if (unsaid > 0) deps.log(`${advisory.ghsa}: ${unsaid} places in our repositories wait for their runs of workflows`);
}

async function watchedAmong(store: Store, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const found = await store.query<{ id: string }>('select id from watched_repository where id = any($1::bigint[])', [
    ids,
  ]);
  return new Set(found.rows.map(({ id }) => Number(id)));
}

/** Undefined where it is to be told later. */
async function recordOf(deps: JudgeDeps, advisory: Advisory, change: Change): Promise<IncomingRecord | undefined> {
  const { exposure, action, malware, why, backlog } = change;
  const { step, repository, installation, place } = exposure.told;
  const [first, ...others] = change.held;
  const runs = malware && first ? await runsOf(deps, advisory, [first, ...others]) : null;
  if (runs === undefined) return undefined;
  const record = {
    event: 'security_advisory',
    action,
    step,
    at: deps.clock.now().toISOString(),
    ...(why !== undefined && { why }),
    security_advisory: { ...advisory, malware },
    repository,
    place: { ...place, ...(runs && { runs }) },
  };
  const content = Buffer.from(JSON.stringify(record));
  const contentHash = sha256(content);
  const eventId = deps.eventIdOf('github', record);
  const identity = identityOf({ source: 'github', contentHash, idempotencyKey: undefined, index: 0, eventId });
  const origin = {
    ...(installation !== undefined && { installation }),
    repository: repository.id,
    ...(backlog && { backlog }),
  };
  return { source: 'github', content, contentHash, ...identity, origin };
}
