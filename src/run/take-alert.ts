import { sha256 } from '../domain/canonical.ts';
import { sentenceOf } from '../domain/error.ts';
import { scannerOfEvent, standingOf } from '../github/alert-steps.ts';
import { identityOf } from '../ingest/identity.ts';
import { readAdvisory, saysMalware } from '../sources/github/advisory-facts.ts';
import { begins } from '../sources/github/lifecycle.ts';
import { saveAdvisory } from '../store/advisories.ts';
import { noteStanding } from '../store/github-alerts.ts';
import { dataFault } from './data-fault.ts';
import type { DeliveryDeps } from './deliveries.ts';
import { withoutSecrets } from './without-secrets.ts';

/** What taking an alert needs. */
export type TakeAlert = Pick<DeliveryDeps, 'store' | 'clock' | 'ingest' | 'eventIdOf' | 'onAdvisory' | 'log'>;

/** Where an alert of GitHub comes from: a delivery, or a list that was looked at. */
export interface AlertFrom {
  /** What makes it itself where it has no id and no time of its own. */
  guid: string;
  installationId: number | undefined;
  repositoryId: number | undefined;
  /** True when it was open before its repository was connected. */
  backlog?: boolean;
}

/** Stores an alert of GitHub as its webhook brings it, without the value of a secret, and how it stands now. */
export async function takeAlert(
  deps: TakeAlert,
  from: AlertFrom,
  event: string,
  payload: Record<string, unknown>,
): Promise<string> {
  const record = { event, ...withoutSecrets(payload), ...everywhere(payload) };
  const content = Buffer.from(JSON.stringify(record));
  const contentHash = sha256(content);
  const eventId = deps.eventIdOf('github', record);
  // Of two equal payloads without an id or a time, a redelivery has the GUID of the first and a second act another.
  const idempotencyKey = eventId === undefined ? from.guid : undefined;
  const identity = identityOf({ source: 'github', contentHash, idempotencyKey, index: 0, eventId });
  const origin = {
    installation: from.installationId ?? null,
    repository: from.repositoryId ?? null,
    ...(from.backlog ? { backlog: true } : {}),
  };
  await deps.ingest([{ source: 'github', content, contentHash, ...identity, origin }]);
  if (event === 'dependabot_alert') await takeMalware(deps, Object(payload.alert).security_advisory);
  // How it stands on GitHub does not change because its repository leaves.
  if (payload.action !== 'unwatched') await rememberStanding(deps, from, event, payload);
  return 'alert taken';
}

/**
 * Of a malicious package all our repositories are looked through, not only the one Dependabot speaks of. An advisory that
 * cannot be kept keeps no alert from being taken.
 */
async function takeMalware(deps: TakeAlert, advisory: unknown): Promise<void> {
  if (!saysMalware(advisory)) return;
  const fault = await dataFault(takeAdvisory(deps, advisory, ''));
  if (fault) deps.log(`an advisory of malware could not be kept: ${sentenceOf(fault.error)}`);
}

/** So that a later look at the scanner's list knows what was told. */
async function rememberStanding(
  { store, clock }: TakeAlert,
  from: AlertFrom,
  event: string,
  { action, alert, seen_at: seenAt }: Record<string, unknown>,
): Promise<void> {
  const scanner = scannerOfEvent(event);
  if (scanner === undefined || from.repositoryId === undefined || typeof alert !== 'object' || alert === null) return;
  const said = { ...alert } as Record<string, unknown>;
  const standing = standingOf(said);
  if (!standing || !Number.isSafeInteger(said.number)) return;
  // Where nothing says when it happened, that is when it was heard of.
  const saysWhen = said.updated_at || said.state === 'dismissed';
  const untimed = scanner === 'code-scanning' && (seenAt !== undefined || !saysWhen);
  const told = untimed ? { ...standing, at: clock.now() } : standing;
  const key = { scanner, repositoryId: from.repositoryId, number: Number(said.number) };
  // What opens nothing again here must not be noted as open: the list would not open it either.
  await noteStanding(store, key, told, begins.has(String(action)));
}

/** What holds for a whole organization comes from no repository: `acme/*`. */
function everywhere({ repository, organization }: Record<string, unknown>): { repository?: { full_name: string } } {
  const { login } = Object(organization) as { login?: unknown };
  return repository || typeof login !== 'string' ? {} : { repository: { full_name: `${login}/*` } };
}

/** Kept as intelligence; the advisories' loop holds it against our repositories. */
export async function takeAdvisory(deps: TakeAlert, payload: unknown, action: string): Promise<string> {
  const advisory = readAdvisory(payload, action);
  if (advisory === undefined) return 'an advisory of no package';
  const isNews = await deps.store.transaction((tx) => saveAdvisory(tx, deps.clock.now(), advisory));
  if (isNews) deps.onAdvisory?.();
  return isNews ? 'advisory kept' : 'an advisory that is known';
}
