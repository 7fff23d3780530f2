import { createHash } from 'node:crypto';
import type { ForgeState } from '../../forge-state.ts';
import type { Issue } from '../../state/entities.ts';

/**
 * Changes when what the issue's page shows has changed. Times are to the second, too coarse alone; of comments, which
 * may be thousands, the length stands for the text.
 */
export function issueVersion(forge: ForgeState, issue: Issue): string {
  const comments = forge.store.group('comment', `${issue.repoId}#${issue.number}`);
  const spoken = comments.map(({ id, updatedAt, body }) => [id, updatedAt, body.length]);
  const runs = issue.pull ? forge.store.group('checkRun', `${issue.repoId}:${issue.pull.headSha}`) : [];
  return createHash('sha256')
    .update(JSON.stringify([issue, spoken, runs]))
    .digest('base64url')
    .slice(0, 22);
}
