import { html } from 'hono/html';
import { demand, READ } from '../../access.ts';
import { accountById } from '../../lookups.ts';
import { pinnedIssues } from '../../operations/pin-issue.ts';
import type { Issue } from '../../state/entities.ts';
import { labelsOf } from '../../views/issue-view.ts';
import type { Html } from '../html.ts';
import { labelChip } from '../label-chips.ts';
import { showPage } from '../layout.ts';
import { moment } from '../moment.ts';
import { type PageContext, type Scene, sceneOf } from '../page-app.ts';
import { pathOf } from './conversation.ts';

/** Rows of one page of the list. */
const ROWS = 30;

interface Filter {
  state: 'open' | 'closed' | 'all';
  label: string;
  author: string;
  text: string;
}

/** `/:owner/:repo/issues` and `/:owner/:repo/pulls` */
export async function listPage(c: PageContext, tab: 'issues' | 'pulls'): Promise<Response> {
  const scene = sceneOf(c);
  demand(scene.forge, scene.actor, scene.repo, READ('issues'));
  const filter = readFilter(c);
  const all = scene.forge.store
    .group('issue', scene.repo.id)
    .filter((issue) => (issue.pull !== null) === (tab === 'pulls'));
  const matching = all.filter((issue) => fits(scene, issue, filter));
  const found = matching.filter((issue) => filter.state === 'all' || issue.state === filter.state).reverse();
  const number = Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1);
  const rows = found.slice((number - 1) * ROWS, number * ROWS);
  const what = tab === 'pulls' ? 'pull requests' : 'issues';
  const body = html`<div class="row">
<h1>${tab === 'pulls' ? 'Pull requests' : 'Issues'}</h1>
${tab === 'issues' ? html`<a class="button primary" href="${scene.home}/issues/new">New issue</a>` : ''}
</div>
${tab === 'issues' ? pinned(scene) : ''}
${filterForm(scene, filter, tab)}
${stateLinks(scene, filter, tab, matching)}
${rows.length > 0 ? html`<ul class="list">${rows.map((issue) => row(scene, issue))}</ul>` : html`<p class="empty">No ${what} match.</p>`}
${pager(scene, filter, tab, number, found.length)}`;
  return showPage(c, { title: `${tab === 'pulls' ? 'Pull requests' : 'Issues'} · ${scene.name}`, body, scene, tab });
}

function pinned(scene: Scene): Html | string {
  const issues = pinnedIssues(scene.forge, scene.repo);
  if (issues.length === 0) return '';
  return html`<h2>Pinned</h2>
<ul class="list">${issues.map((issue) => row(scene, issue))}</ul>`;
}

function readFilter(c: PageContext): Filter {
  const { state, label = '', author = '', q = '' } = c.req.query();
  return { state: state === 'closed' || state === 'all' ? state : 'open', label, author, text: q.trim() };
}

function fits(scene: Scene, issue: Issue, filter: Filter): boolean {
  if (filter.author !== '' && accountById(scene.forge, issue.userId).login !== filter.author) return false;
  if (filter.label !== '' && !labelsOf(scene.forge, issue).some((label) => label.name === filter.label)) return false;
  const words = filter.text.toLowerCase().split(/\s+/);
  const text = `#${issue.number} ${issue.title} ${issue.body ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function queryOf(filter: Filter, change: Record<string, string>): string {
  const all: Record<string, string> = {
    state: filter.state,
    label: filter.label,
    author: filter.author,
    q: filter.text,
    ...change,
  };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== '')).toString();
}

function filterForm(scene: Scene, filter: Filter, tab: string): Html {
  const { store } = scene.forge;
  const labels = store
    .group('label', scene.repo.id)
    .map((label) => label.name)
    .sort();
  const authorIds = new Set(store.group('issue', scene.repo.id).map((issue) => issue.userId));
  const authors = [...authorIds].map((id) => accountById(scene.forge, id).login).sort();
  const options = (values: string[], chosen: string) =>
    values.map((value) => html`<option${value === chosen ? html` selected` : ''}>${value}</option>`);
  return html`<form class="filter" method="get" action="${scene.home}/${tab}">
<input type="hidden" name="state" value="${filter.state}">
<input type="search" name="q" value="${filter.text}" placeholder="Search text" aria-label="Text">
<select name="label" aria-label="Label"><option value="">Any label</option>${options(labels, filter.label)}</select>
<select name="author" aria-label="Author"><option value="">Any author</option>${options(authors, filter.author)}</select>
<button>Filter</button>
</form>`;
}

function stateLinks(scene: Scene, filter: Filter, tab: string, matching: Issue[]): Html {
  const open = matching.filter((issue) => issue.state === 'open').length;
  const link = (state: Filter['state'], text: string) =>
    html`<a href="${scene.home}/${tab}?${queryOf(filter, { state })}"${
      filter.state === state ? html` aria-current="true"` : ''
    }>${text}</a>`;
  return html`<p class="states">${link('open', `${open} open`)} ${link('closed', `${matching.length - open} closed`)} ${link('all', 'all')}</p>`;
}

function row(scene: Scene, issue: Issue): Html {
  const comments = scene.forge.store.groupSize('comment', `${issue.repoId}#${issue.number}`);
  const state = issue.pull?.mergedAt ? 'merged' : issue.state;
  const spoken = comments === 0 ? '' : ` · ${comments} comment${comments === 1 ? '' : 's'}`;
  return html`<li>
<span class="dot ${state}" title="${state}"></span>
<div>
<a class="title" href="${pathOf(scene, issue)}">${issue.title}</a>
<span class="labels">${labelsOf(scene.forge, issue).map((label) => labelChip(label))}</span>
<p class="quiet">#${issue.number} by ${accountById(scene.forge, issue.userId).login}, ${moment(issue.createdAt)}${spoken}</p>
</div>
</li>`;
}

function pager(scene: Scene, filter: Filter, tab: string, number: number, total: number): Html | string {
  const last = Math.ceil(total / ROWS);
  if (last <= 1) return '';
  const to = (page: number, text: string) =>
    html`<a class="button" href="${scene.home}/${tab}?${queryOf(filter, { page: String(page) })}">${text}</a>`;
  return html`<nav class="pager" aria-label="Pages">${number > 1 ? to(number - 1, 'Newer') : ''}
<span class="quiet">Page ${number} of ${last}</span>${number < last ? to(number + 1, 'Older') : ''}</nav>`;
}
