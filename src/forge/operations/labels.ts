import { demand, WRITE } from '../access.ts';
import type { Actor } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { labelByName } from '../lookups.ts';
import { invalidField, notFound } from '../refusal.ts';
import type { Issue, Label, Repository } from '../state/entities.ts';
import { labelView } from '../views/label-view.ts';
import { emitIssue } from '../webhooks/emit-issue.ts';

export const LABEL_NEED = WRITE('issues', 'triage');

/** The six hex digits GitHub gives a label nobody chose a colour for. */
const DEFAULT_COLOR = 'ededed';

export interface LabelInput {
  name: string;
  color?: string | undefined;
  description?: string | null | undefined;
}

/** Creates a label; 422 `already_exists` when the name is taken in any letter case. */
export function createLabel(forge: ForgeState, actor: Actor, repo: Repository, input: LabelInput): Label {
  demand(forge, actor, repo, WRITE('issues', 'write'));
  if (labelByName(forge, repo, input.name)) throw invalidField('Label', 'name', 'already_exists');
  return putLabel(forge, repo, input);
}

function putLabel(forge: ForgeState, repo: Repository, input: LabelInput): Label {
  checkLabel(forge, input);
  const color = (input.color ?? DEFAULT_COLOR).replace(/^#/, '').toLowerCase();
  const description = input.description ?? null;
  return forge.store.put('label', { id: forge.store.newId(), repoId: repo.id, name: input.name, color, description });
}

function checkLabel(forge: ForgeState, input: LabelInput): void {
  const { labelNameCharacters, labelDescriptionCharacters } = forge.limits;
  if (input.name.trim() === '') throw invalidField('Label', 'name', 'missing_field');
  if ([...input.name].length > labelNameCharacters) {
    const message = `name is too long (maximum is ${labelNameCharacters} characters)`;
    throw invalidField('Label', 'name', 'custom', message);
  }
  if ([...(input.description ?? '')].length > labelDescriptionCharacters) {
    const message = `description is too long (maximum is ${labelDescriptionCharacters} characters)`;
    throw invalidField('Label', 'description', 'custom', message);
  }
  if (input.color !== undefined && !/^#?[0-9a-f]{6}$/i.test(input.color)) {
    throw invalidField('Label', 'color', 'invalid');
  }
}

/** Changes name, colour or description of a label. */
export function updateLabel(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  name: string,
  change: Partial<LabelInput>,
): Label {
  demand(forge, actor, repo, WRITE('issues', 'write'));
  const label = labelByName(forge, repo, name);
  if (!label) throw notFound();
  const next = {
    ...label,
    name: change.name ?? label.name,
    color: (change.color ?? label.color).replace(/^#/, '').toLowerCase(),
    description: change.description === undefined ? label.description : change.description,
  };
  const taken = labelByName(forge, repo, next.name);
  if (taken && taken.id !== label.id) throw invalidField('Label', 'name', 'already_exists');
  checkLabel(forge, next);
  return forge.store.put('label', next);
}

/** The ids of labels of those names; unknown ones are created, as GitHub does when an issue names them. */
export function labelIdsFor(forge: ForgeState, repo: Repository, names: string[]): number[] {
  const ids = names.map((name) => (labelByName(forge, repo, name) ?? putLabel(forge, repo, { name })).id);
  return [...new Set(ids)];
}

/** Refuses with 422 when an issue would carry more labels than GitHub allows. */
export function checkLabelCount(forge: ForgeState, ids: number[]): void {
  const most = forge.limits.labelsPerIssue;
  if (ids.length <= most) return;
  throw invalidField('Issue', 'labels', 'custom', `labels cannot be more than ${most}`);
}

/** Sets an issue's labels to exactly these ids and tells the hooks what came and went. */
export function setLabelIds(forge: ForgeState, actor: Actor, repo: Repository, issue: Issue, ids: number[]): Issue {
  checkLabelCount(forge, ids);
  const added = ids.filter((id) => !issue.labelIds.includes(id));
  const removed = issue.labelIds.filter((id) => !ids.includes(id));
  if (added.length + removed.length === 0) return issue;
  const next = forge.store.put('issue', { ...issue, labelIds: ids, updatedAt: forge.clock.stamp() });
  for (const id of removed) emitLabel(forge, actor, repo, next, 'unlabeled', id);
  for (const id of added) emitLabel(forge, actor, repo, next, 'labeled', id);
  return next;
}

/** Tells the hooks that a label was put on or taken off. */
export function emitLabel(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  issue: Issue,
  action: 'labeled' | 'unlabeled',
  labelId: number,
): void {
  const label = forge.store.get('label', labelId);
  if (label) emitIssue(forge, actor, repo, issue, action, { label: labelView(forge, label) });
}
