import type { Clock, Forge, ForgeIssue, PolicySource, RepoRef, Store } from '../ports.ts';
import { isManaged } from '../publish/labels.ts';
import { incidentOfIssue } from '../store/incidents.ts';
import { readSetting, writeSetting } from '../store/settings-table.ts';
import { type DeliveryDeps, seeComment } from './deliveries.ts';

export interface SweepDeps extends Pick<DeliveryDeps, 'store' | 'clock'> {
  store: Store;
  forge: Forge;
  clock: Clock;
  policy: PolicySource;
  repo: RepoRef;
  /** An issue that is not as we last sent it, or is no incident. */
  onIssue(issue: ForgeIssue): Promise<void>;
  log(sentence: string): void;
}

/** How far back every look reaches again: lists lag behind, and equal seconds must not be lost. */
const overlapMs = 120_000;

/** How far back the first look reaches. */
const firstLookMs = 3_600_000;

/**
 * Finds what webhooks did not tell: asks for failed deliveries again, and reads issues and comments touched since the
 * last look. Everything it finds goes the way of the webhook, which counts each comment once.
 */
export async function sweepStep(deps: SweepDeps): Promise<void> {
  const now = deps.clock.now();
  const last = await readSetting<string>(deps.store, 'sweep.at');
  const since = new Date(last ? Date.parse(last) - overlapMs : now.getTime() - firstLookMs);
  await deps.forge.redeliverFailed(since);
  for (const comment of await deps.forge.commentsSince(deps.repo, since))
    if (await seeComment(deps, comment)) deps.log(`comment ${comment.id} on #${comment.issue} was found by sweep`);
  for (const issue of await deps.forge.issuesSince(deps.repo, since)) {
    if (issue.isPullRequest) continue;
    const incident = await incidentOfIssue(deps.store, issue.number);
    const publication = incident && (await sentState(deps.store, incident.id));
    const changed =
      !incident ||
      !publication ||
      publication.state !== issue.state ||
      publication.labels !== issue.labels.filter(isManaged).sort().join('\n');
    if (changed) await deps.onIssue(issue);
  }
  await writeSetting(deps.store, 'sweep.at', now.toISOString());
}

async function sentState(store: Store, incident: string): Promise<{ state: string; labels: string } | undefined> {
  const found = await store.query<{ sent: { state: string; labels: string[] } | null; dirty: boolean }>(
    'select sent, dirty from publication where key = $1',
    [`issue:${incident}`],
  );
  const [row] = found.rows;
  return row?.sent ? { state: row.sent.state, labels: [...row.sent.labels].sort().join('\n') } : undefined;
}
