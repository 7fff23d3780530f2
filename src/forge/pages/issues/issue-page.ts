import { html } from 'hono/html';
import { demand, may, READ } from '../../access.ts';
import { accountById, findIssue } from '../../lookups.ts';
import { LABEL_NEED } from '../../operations/labels.ts';
import type { Issue } from '../../state/entities.ts';
import { labelsOf } from '../../views/issue-view.ts';
import type { Html } from '../html.ts';
import { labelChip } from '../label-chips.ts';
import { showPage } from '../layout.ts';
import { moment } from '../moment.ts';
import { type PageContext, type Scene, sceneOf } from '../page-app.ts';
import { conversation } from './conversation.ts';

/** The severities a person can set by label; Yagura reads them as `/severity`. */
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'informational'];

/** The issue named in the path. */
export function issueOf(c: PageContext): { scene: Scene; issue: Issue } {
  const scene = sceneOf(c);
  demand(scene.forge, scene.actor, scene.repo, READ('issues'));
  return { scene, issue: findIssue(scene.forge, scene.repo, Number(c.req.param('number'))) };
}

/** `/:owner/:repo/issues/:number` */
export async function issuePage(c: PageContext): Promise<Response> {
  const { scene, issue } = issueOf(c);
  if (issue.pull) return c.redirect(`${scene.home}/pull/${issue.number}`);
  const body = html`${issueHead(scene, issue)}
<div class="columns">
<div class="thread">${conversation(scene, issue)}</div>
${aside(scene, issue)}
</div>`;
  return showPage(c, { title: `${issue.title} · #${issue.number}`, body, scene, tab: 'issues' });
}

/** Title, state and labels: what is seen first. */
export function issueHead(scene: Scene, issue: Issue): Html {
  const author = accountById(scene.forge, issue.userId).login;
  const labels = labelsOf(scene.forge, issue);
  return html`<h1>${issue.title} <span class="number">#${issue.number}</span></h1>
<p class="meta">${stateBadge(issue)}${labels.map((label) => labelChip(label))}
<span class="by"><b>${author}</b> opened ${moment(issue.createdAt)}</span>${closedBy(scene, issue)}</p>`;
}

/** Open, closed or merged. */
function stateBadge(issue: Issue): Html {
  const state = issue.pull?.mergedAt ? 'merged' : issue.state;
  return html`<span class="state ${state}">${state}</span>`;
}

function closedBy(scene: Scene, issue: Issue): Html | string {
  if (issue.state !== 'closed' || !issue.closedAt) return '';
  const who = issue.closedById === null ? '' : html` by <b>${accountById(scene.forge, issue.closedById).login}</b>`;
  const why =
    issue.stateReason && issue.stateReason !== 'completed' ? ` as ${issue.stateReason.replace('_', ' ')}` : '';
  return html`<span>${issue.pull?.mergedAt ? 'merged' : 'closed'}${who} ${moment(issue.closedAt)}${why}</span>`;
}

function aside(scene: Scene, issue: Issue): Html {
  const assignees = issue.assigneeIds.map((id) => accountById(scene.forge, id).login);
  const mine = assignees.includes(scene.person.login);
  const allowed = may(scene.forge, scene.actor, scene.repo, LABEL_NEED);
  return html`<aside aria-label="About this issue">
<h2>Assignees</h2>
<p>${assignees.length > 0 ? assignees.map((login) => html`<b>${login}</b> `) : html`<span class="quiet">Nobody yet</span>`}</p>
${
  allowed
    ? html`<form method="post" action="${scene.home}/issues/${issue.number}/assignees">
<input type="hidden" name="token" value="${scene.token}">
<button name="assign" value="${mine ? 'off' : 'on'}">${mine ? 'Unassign me' : 'Assign me'}</button>
</form>`
    : ''
}
<h2>Severity label</h2>
${severityForm(scene, issue, allowed)}
</aside>`;
}

function severityForm(scene: Scene, issue: Issue, allowed: boolean): Html {
  const names = labelsOf(scene.forge, issue).map((label) => label.name);
  const buttons = SEVERITIES.map((severity) => {
    const label = `severity: ${severity}`;
    const on = names.includes(label);
    return html`<button name="toggle" value="${label}" aria-pressed="${on ? 'true' : 'false'}">${severity}</button>`;
  });
  if (!allowed) return html`<p class="quiet">${scene.person.login} may not change labels here.</p>`;
  return html`<form class="toggles" method="post" action="${scene.home}/issues/${issue.number}/labels">
<input type="hidden" name="token" value="${scene.token}">
${buttons}
</form>`;
}
