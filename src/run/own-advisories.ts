import { sha256 } from '../domain/canonical.ts';
import { sentenceOf } from '../domain/error.ts';
import type { IncomingRecord } from '../domain/record.ts';
import { identityOf } from '../ingest/identity.ts';
import { ForgeError } from '../ports/forge.ts';
import { type OpenAdvisory, openOwnAdvisories } from '../store/own-advisories.ts';
import { readSetting, writeSetting } from '../store/settings-table.ts';
import type { AdvisoryDeps } from './advisories.ts';

/** How often each is asked for, and how many in one step. */
const everyMs = 3_600_000;
const asksAStep = 20;

const setting = 'advisories.own';

/**
 * Asks what became of the advisories of our own repositories: GitHub tells when one is reported and published, and nobody
 * when its maintainers close it.
 */
export async function lookAtOwnAdvisories(deps: AdvisoryDeps): Promise<void> {
  const { store, clock, supplyChain, log } = deps;
  const now = clock.now();
  const round = await readSetting<{ at: string; after?: string }>(store, setting);
  if (round && round.after === undefined && now.getTime() - Date.parse(round.at) < everyMs) return;
  const open = await openOwnAdvisories(store, round?.after ?? '0', asksAStep);
  const over: IncomingRecord[] = [];
  for (const one of open) {
    try {
      const told = await supplyChain.ownAdvisory(one.repository, one.ghsa);
      if (told.state === 'closed' || told.state === 'withdrawn') over.push(recordOf(deps, one, told.state, told));
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error;
      log(`${one.ghsa} of ${one.repository.owner}/${one.repository.name}: ${sentenceOf(error)}`);
      if (error.reason.endsWith('-limit')) break;
    }
  }
  if (over.length > 0) await deps.ingest(over);
  const after = open.length === asksAStep ? open.at(-1)?.alert : undefined;
  await writeSetting(store, setting, { at: now.toISOString(), ...(after !== undefined && { after }) });
}

function recordOf(
  { eventIdOf }: AdvisoryDeps,
  { repository: { id, owner, name, installation } }: OpenAdvisory,
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
