import { sha256 } from '../domain/canonical.ts';
import { sentenceOf } from '../domain/error.ts';
import type { IncomingRecord } from '../domain/record.ts';
import { identityOf } from '../ingest/identity.ts';
import { ForgeError } from '../ports/forge.ts';
import { type OwnAdvisory, ownAdvisories } from '../store/own-advisories.ts';
import { readSetting, writeSetting } from '../store/settings-table.ts';
import type { AdvisoryDeps } from './advisories.ts';

/** How many are asked for in one step. */
const asksAStep = 20;

/** How long after its end it is asked whether one is open again. */
const reopensWithinMs = 30 * 24 * 3_600_000;

/** How long nothing is asked after a limit that says no time. */
const limitedMs = 60_000;

/** What is asked for in turn, by where it is kept how far that came, and how often. */
const lists = [
  { setting: 'advisories.own', everyMs: 3_600_000, over: false },
  { setting: 'advisories.own-over', everyMs: 24 * 3_600_000, over: true },
];

/** How far a list was asked for. */
interface Round {
  /** When to go on, or to begin again. */
  next: string;
  /** The alert that was asked for last, unless the list is through. */
  after?: string;
}

/**
 * Asks what became of the advisories of our own repositories: GitHub tells when one is reported and published, and nobody
 * when its maintainers close it or open it again.
 */
export async function lookAtOwnAdvisories(deps: AdvisoryDeps): Promise<void> {
  for (const list of lists) await lookAt(deps, list);
}

async function lookAt(deps: AdvisoryDeps, { setting, everyMs, over }: (typeof lists)[number]): Promise<void> {
  const { store, clock } = deps;
  const now = clock.now();
  const round = await readSetting<Round>(store, setting);
  if (round && now.getTime() < Date.parse(round.next)) return;
  const overSince = over ? new Date(now.getTime() - reopensWithinMs) : undefined;
  const listed = await ownAdvisories(store, round?.after ?? '0', asksAStep, overSince);
  const { news, asked, limited } = await ask(deps, listed);
  if (news.length > 0) await deps.ingest(news);
  const through = limited === undefined && listed.length < asksAStep;
  const after = through ? undefined : (asked ?? round?.after);
  const next = new Date(now.getTime() + (limited ?? (through ? everyMs : 0)));
  await writeSetting(store, setting, { next: next.toISOString(), ...(after !== undefined && { after }) });
}

/** What changed of these, the last that was answered for, and how long a limit that ended it wants us to wait. */
async function ask(
  deps: AdvisoryDeps,
  listed: readonly OwnAdvisory[],
): Promise<{ news: IncomingRecord[]; asked?: string; limited?: number }> {
  const news: IncomingRecord[] = [];
  let asked: { asked?: string } = {};
  for (const one of listed) {
    try {
      const told = await deps.supplyChain.ownAdvisory(one.repository, one.ghsa);
      const ended = told.state === 'closed' || told.state === 'withdrawn';
      if (ended !== one.over) news.push(recordOf(deps, one, ended ? String(told.state) : 'reopened', told));
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error;
      deps.log(`${one.ghsa} of ${one.repository.owner}/${one.repository.name}: ${sentenceOf(error)}`);
      if (error.reason.endsWith('-limit'))
        return { news, ...asked, limited: error.retryAfter === undefined ? limitedMs : error.retryAfter * 1000 };
    }
    asked = { asked: one.alert };
  }
  return { news, ...asked };
}

function recordOf(
  { eventIdOf }: AdvisoryDeps,
  { repository: { id, owner, name, installation } }: OwnAdvisory,
  action: string,
  advisory: Record<string, unknown>,
): IncomingRecord {
  const repository = { id, full_name: `${owner}/${name}` };
  const record = { event: 'repository_advisory', action, repository_advisory: advisory, repository };
  const content = Buffer.from(JSON.stringify(record));
  const contentHash = sha256(content);
  const eventId = eventIdOf('github', record);
  const identity = identityOf({ source: 'github', contentHash, idempotencyKey: undefined, index: 0, eventId });
  return { source: 'github', content, contentHash, ...identity, origin: { installation, repository: id } };
}
