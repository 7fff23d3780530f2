import { z } from 'zod';
import { demand, READ } from '../access.ts';
import { labelByName } from '../lookups.ts';
import { createLabel, LABEL_NEED, labelIdsFor, setLabelIds, updateLabel } from '../operations/labels.ts';
import { notFound } from '../refusal.ts';
import type { Issue } from '../state/entities.ts';
import { labelsOf } from '../views/issue-view.ts';
import { labelView } from '../views/label-view.ts';
import { issueIn } from './issue-routes.ts';
import { paginate } from './paginate.ts';
import { readBody } from './read-body.ts';
import { type RestApp, type RestContext, reply, scene } from './rest-app.ts';

const LabelBody = z.object({
  name: z.string(),
  color: z.string().optional(),
  description: z.string().nullish(),
});
const LabelPatch = LabelBody.omit({ name: true }).extend({ new_name: z.string().optional() });
const Names = z
  .union([z.array(z.string()), z.object({ labels: z.array(z.string()).default([]) })])
  .transform((body) => (Array.isArray(body) ? body : body.labels));

/** Labels of a repository, and on an issue. */
export function addLabelRoutes(rest: RestApp): void {
  rest.get('/repos/:owner/:repo/labels', (c) => {
    const { forge, actor, repo } = scene(c);
    demand(forge, actor, repo, READ('issues'));
    const { page, headers } = paginate(c, forge.store.group('label', repo.id));
    return reply(
      page.map((label) => labelView(forge, label)),
      200,
      headers,
    );
  });
  rest.post('/repos/:owner/:repo/labels', async (c) => {
    const input = await readBody(c, LabelBody);
    const { forge, actor, repo } = scene(c);
    return reply(
      labelView(
        forge,
        forge.store.transact(() => createLabel(forge, actor, repo, input)),
      ),
      201,
    );
  });
  rest.get('/repos/:owner/:repo/labels/:name', (c) => {
    const { forge, actor, repo } = scene(c);
    demand(forge, actor, repo, READ('issues'));
    const label = labelByName(forge, repo, c.req.param('name'));
    if (!label) throw notFound();
    return reply(labelView(forge, label));
  });
  rest.patch('/repos/:owner/:repo/labels/:name', async (c) => {
    const { new_name: name, ...rest } = await readBody(c, LabelPatch);
    const { forge, actor, repo } = scene(c);
    const change = name === undefined ? rest : { ...rest, name };
    const old = c.req.param('name');
    return reply(
      labelView(
        forge,
        forge.store.transact(() => updateLabel(forge, actor, repo, old, change)),
      ),
    );
  });
  addIssueLabelRoutes(rest);
}

function addIssueLabelRoutes(rest: RestApp): void {
  const path = '/repos/:owner/:repo/issues/:number{[0-9]+}/labels';
  rest.get(path, (c) => reply(viewsOf(c, issueIn(c).issue)));
  rest.post(path, async (c) => change(c, await readBody(c, Names), (old, ids) => [...new Set([...old, ...ids])]));
  rest.put(path, async (c) => change(c, await readBody(c, Names), (_old, ids) => ids));
  rest.delete(`${path}/:name`, (c) => {
    const { forge, repo, issue } = issueIn(c);
    const label = labelByName(forge, repo, c.req.param('name'));
    if (!label || !issue.labelIds.includes(label.id)) throw notFound();
    return change(c, [], (old) => old.filter((id) => id !== label.id));
  });
}

function change(c: RestContext, names: string[], next: (old: number[], named: number[]) => number[]): Response {
  const { forge, actor, repo, issue } = issueIn(c);
  demand(forge, actor, repo, LABEL_NEED);
  const changed = forge.store.transact(() => {
    const ids = next(issue.labelIds, labelIdsFor(forge, repo, names));
    return setLabelIds(forge, actor, repo, issue, ids);
  });
  return reply(viewsOf(c, changed));
}

function viewsOf(c: RestContext, issue: Issue) {
  return labelsOf(c.get('forge'), issue).map((label) => labelView(c.get('forge'), label));
}
