import type { ForgeState } from '../../forge-state.ts';
import { changeContent } from '../../operations/contents.ts';
import { createPull } from '../../operations/pulls.ts';
import { createRef } from '../../operations/refs.ts';
import { Refusal } from '../../refusal.ts';
import type { Issue, Repository } from '../../state/entities.ts';
import type { PageContext, Scene } from '../page-app.ts';
import { type Place, placeOf, placePath } from './place.ts';
import { readFile } from './read-file.ts';

/** A file as the editor sent it. */
interface Edit {
  path: string;
  content: Buffer;
  message: string;
  body: string;
  /** The blob the editor was opened on; undefined for a new file. */
  sha: string | undefined;
}

/** Takes the edit form of an existing file. */
export function saveEdit(c: PageContext): Response {
  const place = placeOf(c);
  return save(c, place, { ...fieldsOf(c), path: place.path, sha: c.get('form').text('sha') });
}

/** Takes the form of a new file. */
export function saveNewFile(c: PageContext): Response {
  const path = c.get('form').text('path').trim().replace(/^\/+/, '');
  return save(c, placeOf(c), { ...fieldsOf(c), path, sha: undefined });
}

function fieldsOf(c: PageContext) {
  const form = c.get('form');
  const message = form.text('message').trim();
  if (message === '') throw new Refusal(422, 'Say in one line what changes.');
  return { content: Buffer.from(form.text('content')), message, body: form.text('body') };
}

/** On the default branch an edit becomes a pull request; on any other it is committed there. */
function save(c: PageContext, place: Place, edit: Edit): Response {
  const { scene, branch } = place;
  if (readFile(scene, place.commit, edit.path)?.equals(edit.content)) {
    throw new Refusal(422, 'Nothing was changed, so there is nothing to save.');
  }
  if (branch === scene.repo.defaultBranch) {
    const pull = scene.forge.store.transact(() => propose(place, edit));
    return c.redirect(`${scene.home}/pull/${pull.number}`, 303);
  }
  scene.forge.store.transact(() => commitTo(scene, branch, edit));
  const open = openPullOf(scene.forge, scene.repo, branch);
  return c.redirect(open ? `${scene.home}/pull/${open.number}` : placePath(place, 'blob', edit.path), 303);
}

function propose(place: Place, edit: Edit): Issue {
  const { scene } = place;
  const head = freeBranch(scene);
  createRef(scene.forge, scene.actor, scene.repo, `refs/heads/${head}`, place.commit.sha);
  commitTo(scene, head, edit);
  const input = { title: edit.message, body: edit.body, head, base: place.branch };
  return createPull(scene.forge, scene.actor, scene.repo, input);
}

function commitTo(scene: Scene, branch: string, edit: Edit): void {
  const { path, content, message, sha } = edit;
  changeContent(scene.forge, scene.actor, scene.repo, { path, content, message, branch, sha });
}

/** GitHub's names for such branches: `hana-patch-1`. */
function freeBranch(scene: Scene): string {
  const taken = (name: string) => scene.forge.store.get('ref', `${scene.repo.id}:refs/heads/${name}`) !== undefined;
  let count = 1;
  while (taken(`${scene.person.login}-patch-${count}`)) count++;
  return `${scene.person.login}-patch-${count}`;
}

function openPullOf(forge: ForgeState, repo: Repository, branch: string): Issue | undefined {
  return forge.store.group('issue', repo.id).find((issue) => issue.state === 'open' && issue.pull?.head === branch);
}
