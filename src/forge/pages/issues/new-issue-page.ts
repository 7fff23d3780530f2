import { html } from 'hono/html';
import { entryAt, gitObject } from '../../git/trees.ts';
import { createIssue } from '../../operations/issues.ts';
import { Refusal } from '../../refusal.ts';
import { rootOf } from '../files/place.ts';
import { readFile } from '../files/read-file.ts';
import type { Html } from '../html.ts';
import { knownReferences } from '../known-references.ts';
import { personSelect, showPage } from '../layout.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { type PageContext, type Scene, sceneOf } from '../page-app.ts';
import {
  answersBody,
  type IssueForm,
  type IssueFormField,
  missingAnswers,
  optionsOf,
  readIssueForm,
} from './issue-form.ts';

const FOLDER = '.github/ISSUE_TEMPLATE';

/** The issue forms on the default branch, by file name. */
function formsOf(scene: Scene): Map<string, IssueForm> {
  const forms = new Map<string, IssueForm>();
  const root = rootOf(scene);
  const folder = root && entryAt(scene.forge, scene.repo, root.commit.tree, FOLDER);
  if (!root || folder?.type !== 'tree') return forms;
  for (const { path } of gitObject(scene.forge, scene.repo, 'tree', folder.sha).entries) {
    if (!/\.ya?ml$/.test(path) || /^config\.ya?ml$/.test(path)) continue;
    const form = readIssueForm(readFile(scene, root.commit, `${FOLDER}/${path}`)?.toString() ?? '');
    if (form) forms.set(path, form);
  }
  return forms;
}

/** `/:owner/:repo/issues/new`: the choice of forms, a form (`?template=<file>`) or a blank issue (`?template=blank`). */
export async function newIssuePage(c: PageContext): Promise<Response> {
  const scene = sceneOf(c);
  const forms = formsOf(scene);
  const chosen = c.req.query('template') ?? (forms.size === 0 ? 'blank' : '');
  const form = forms.get(chosen);
  const body = form || chosen === 'blank' ? issueForm(scene, chosen, form) : choice(scene, forms);
  return showPage(c, { title: 'New issue', body, scene, tab: 'issues' });
}

function choice(scene: Scene, forms: Map<string, IssueForm>): Html {
  const entry = (template: string, name: string, description: string) =>
    html`<li><a class="entry" href="${scene.home}/issues/new?${new URLSearchParams({ template })}"><b>${name}</b><br><span class="quiet">${description}</span></a></li>`;
  return html`<h1>New issue</h1><ul class="list">
${[...forms].map(([file, form]) => entry(file, form.name, form.description))}
${entry('blank', 'Blank issue', 'Start with an empty page.')}
</ul>`;
}

function issueForm(scene: Scene, template: string, form: IssueForm | undefined): Html {
  const fields = form
    ? form.fields.map((field) => showField(scene, field))
    : html`<label>Description <textarea name="body" rows="12"></textarea></label>`;
  return html`<h1>${form?.name ?? 'New issue'}</h1>
${form?.description ? html`<p class="quiet">${form.description}</p>` : ''}
<form class="comment" method="post" action="${scene.home}/issues/new">
<input type="hidden" name="token" value="${scene.token}">
<input type="hidden" name="template" value="${template}">
<label>Title <input name="title" value="${form?.title ?? ''}" required></label>
${fields}
<div class="row"><label>Open as ${personSelect(scene)}</label><button class="primary">Open issue</button></div>
</form>`;
}

function showField(scene: Scene, field: IssueFormField): Html {
  const { label, description, value, placeholder } = field.attributes;
  if (field.type === 'markdown') {
    return html`<div class="md">${renderMarkdown(value, { in: 'file', references: knownReferences(scene) })}</div>`;
  }
  const required = field.validations.required ? html` required` : '';
  const name = html`${label}${field.validations.required ? ' *' : ''} ${description ? html`<span class="hint">${description}</span>` : ''}`;
  if (field.type === 'checkboxes') {
    const boxes = optionsOf(field).map(
      (option) => html`<label><input type="checkbox" name="${field.field}" value="${option}"> ${option}</label>`,
    );
    return html`<fieldset><legend>${name}</legend>${boxes}</fieldset>`;
  }
  if (field.type === 'dropdown') {
    const options = optionsOf(field).map((option) => html`<option>${option}</option>`);
    const multiple = field.attributes.multiple ? html` multiple` : '';
    return html`<label>${name}<select name="${field.field}"${multiple}${required}>${multiple ? '' : html`<option value=""></option>`}${options}</select></label>`;
  }
  return field.type === 'textarea'
    ? html`<label>${name}<textarea name="${field.field}" rows="6" placeholder="${placeholder}"${required}>${`\n${value}`}</textarea></label>`
    : html`<label>${name}<input name="${field.field}" value="${value}" placeholder="${placeholder}"${required}></label>`;
}

/** Opens the issue; labels of a form are put on where the person may, as the operation decides. */
export function postNewIssue(c: PageContext): Response {
  const scene = sceneOf(c);
  const posted = c.get('form');
  const form = formsOf(scene).get(posted.text('template'));
  const missing = form ? missingAnswers(form, posted) : [];
  if (missing.length > 0) throw new Refusal(422, `Still empty: ${missing.join(', ')}`);
  const input = {
    title: posted.text('title'),
    body: form ? answersBody(form, posted) : posted.text('body'),
    labels: form?.labels ?? [],
  };
  const issue = scene.forge.store.transact(() => createIssue(scene.forge, scene.actor, scene.repo, input));
  return c.redirect(`${scene.home}/issues/${issue.number}`, 303);
}
