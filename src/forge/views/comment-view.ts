import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { ForgeState } from '../forge-state.ts';
import { accountById, appById, fullName, repositoryById } from '../lookups.ts';
import { nodeId } from '../node-id.ts';
import type { Comment } from '../state/entities.ts';
import { accountView } from './account-view.ts';
import { appView } from './app-view.ts';
import { authorAssociation } from './author-association.ts';
import { noReactions } from './issue-view.ts';

export type CommentView = RestEndpointMethodTypes['issues']['getComment']['response']['data'];

/** GitHub's `issue-comment`. */
export function commentView(forge: ForgeState, comment: Comment): CommentView {
  const repo = repositoryById(forge, comment.repoId);
  const name = fullName(forge, repo);
  const url = `${forge.apiUrl}/repos/${name}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${forge.url}/${name}/issues/${comment.number}#issuecomment-${comment.id}`,
    issue_url: `${forge.apiUrl}/repos/${name}/issues/${comment.number}`,
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    user: accountView(forge, accountById(forge, comment.userId)),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    body: comment.body,
    author_association: authorAssociation(forge, repo, comment.userId),
    reactions: noReactions(`${url}/reactions`),
    performed_via_github_app: comment.appId === null ? null : appView(forge, appById(forge, comment.appId)),
  };
}
