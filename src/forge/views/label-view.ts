import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { ForgeState } from '../forge-state.ts';
import { fullName, repositoryById } from '../lookups.ts';
import { nodeId } from '../node-id.ts';
import type { Label } from '../state/entities.ts';

export type LabelView = RestEndpointMethodTypes['issues']['getLabel']['response']['data'];

/** GitHub's `label`. */
export function labelView(forge: ForgeState, label: Label): LabelView {
  const repo = fullName(forge, repositoryById(forge, label.repoId));
  return {
    id: label.id,
    node_id: nodeId('LA', label.id),
    url: `${forge.apiUrl}/repos/${repo}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}
