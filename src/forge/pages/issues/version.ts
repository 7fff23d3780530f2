import { createHash } from 'node:crypto';
import type { ForgeState } from '../../forge-state.ts';
import type { Issue } from '../../state/entities.ts';

/** Changes whenever anything the issue's page shows has changed: its times are to the second, too coarse for that. */
export function issueVersion(forge: ForgeState, issue: Issue): string {
  const comments = forge.store.group('comment', `${issue.repoId}#${issue.number}`);
  const runs = issue.pull ? forge.store.group('checkRun', `${issue.repoId}:${issue.pull.headSha}`) : [];
  return createHash('sha256')
    .update(JSON.stringify([issue, comments, runs]))
    .digest('base64url')
    .slice(0, 22);
}
