import { html } from 'hono/html';
import { demand, READ } from '../../access.ts';
import { gitObject } from '../../git/trees.ts';
import { findIssue } from '../../lookups.ts';
import { findPull, mergePull } from '../../operations/pulls.ts';
import type { CheckRun, Issue, PullPart } from '../../state/entities.ts';
import { forkPoint, pullView } from '../../views/pull-view.ts';
import type { Html } from '../html.ts';
import { conversation } from '../issues/conversation.ts';
import { issueHead } from '../issues/issue-page.ts';
import { personSelect, showPage } from '../layout.ts';
import { type PageContext, type Scene, sceneOf } from '../page-app.ts';
import { changedFiles } from './changed-files.ts';
import { checkList, checksOf, hasPassed } from './checks.ts';

type Pull = Issue & { pull: PullPart };

function pullOf(c: PageContext): { scene: Scene; issue: Pull } {
  const scene = sceneOf(c);
  demand(scene.forge, scene.actor, scene.repo, READ('pull_requests'));
  return { scene, issue: findPull(scene.forge, scene.repo, Number(c.req.param('number'))) };
}

/** `/:owner/:repo/pull/:number` */
export async function pullPage(c: PageContext): Promise<Response> {
  const here = sceneOf(c);
  const plain = findIssue(here.forge, here.repo, Number(c.req.param('number')));
  if (!plain.pull) return c.redirect(`${here.home}/issues/${plain.number}`);
  const { scene, issue } = pullOf(c);
  const { pull } = issue;
  const runs = checksOf(scene, pull.headSha);
  const open = issue.state === 'open';
  const files = changedFiles({
    scene,
    before: forkPoint(scene.forge, scene.repo, pull)?.tree ?? null,
    head: gitObject(scene.forge, scene.repo, 'commit', pull.headSha),
    annotations: runs.flatMap((run) => run.annotations),
    ...(open ? { branch: pull.head } : {}),
  });
  const between = html`<h2>Checks</h2>${checkList(scene, runs)}${files}${open ? mergeBox(scene, issue, runs) : mergedNote(scene, pull)}`;
  const body = html`${issueHead(scene, issue)}
<p class="quiet"><code>${pull.head}</code> into <code>${pull.base}</code></p>
${conversation(scene, issue, between)}`;
  return showPage(c, { title: `${issue.title} · #${issue.number}`, body, scene, tab: 'pulls' });
}

function mergedNote(scene: Scene, pull: PullPart): Html | string {
  if (!pull.mergeSha) return '';
  return html`<p class="notice good">Merged into <b>${pull.base}</b> as <a href="${scene.home}/commit/${pull.mergeSha}"><code>${pull.mergeSha.slice(0, 7)}</code></a>.</p>`;
}

function mergeBox(scene: Scene, issue: Pull, runs: CheckRun[]): Html {
  if (pullView(scene.forge, issue).mergeable === false) {
    return html`<p class="notice bad">Both branches changed the same file, so this cannot be merged. Edit it again from <b>${issue.pull.base}</b>.</p>`;
  }
  const failed = runs.some((run) => run.status === 'completed' && !hasPassed(run));
  const waiting = runs.some((run) => run.status !== 'completed');
  const sentence = failed
    ? 'A check failed: the lines are marked above. You can merge anyway.'
    : waiting
      ? 'Checks are still running.'
      : runs.length > 0
        ? 'All checks passed.'
        : 'No check has answered yet.';
  return html`<form class="notice ${failed ? 'bad' : waiting || runs.length === 0 ? '' : 'good'} merge" id="merge" method="post" action="${scene.home}/pull/${issue.number}/merge">
<input type="hidden" name="token" value="${scene.token}">
<input type="hidden" name="sha" value="${issue.pull.headSha}">
<p>${sentence}</p>
<div class="row"><label>Merge as ${personSelect(scene)}</label>
<button class="${failed ? '' : 'primary'}">${failed ? 'Merge anyway' : 'Merge pull request'}</button></div>
</form>`;
}

/** Merges the commit that was shown; a head that moved since is refused. */
export function postMerge(c: PageContext): Response {
  const { scene, issue } = pullOf(c);
  const { forge, actor, repo } = scene;
  forge.store.transact(() => mergePull(forge, actor, repo, issue, { sha: c.get('form').text('sha') }));
  return c.redirect(`${scene.home}/pull/${issue.number}`, 303);
}
