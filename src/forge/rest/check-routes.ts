import { z } from 'zod';
import { demand, READ } from '../access.ts';
import { resolveCommit } from '../git/refs.ts';
import { fullName } from '../lookups.ts';
import { createCheckRun, rerequestCheckRun, updateCheckRun } from '../operations/check-runs.ts';
import { notFound } from '../refusal.ts';
import { checkRunView } from '../views/check-run-view.ts';
import { paginate } from './paginate.ts';
import { readBody } from './read-body.ts';
import { type RestApp, type RestContext, reply, scene } from './rest-app.ts';

const AnnotationBody = z.object({
  path: z.string(),
  start_line: z.int(),
  end_line: z.int(),
  start_column: z.int().nullable().default(null),
  end_column: z.int().nullable().default(null),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string(),
  title: z.string().nullable().default(null),
  raw_details: z.string().nullable().default(null),
});
const CheckRunPatch = z.object({
  name: z.string().optional(),
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  started_at: z.string().optional(),
  conclusion: z
    .enum(['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'action_required'])
    .optional(),
  completed_at: z.string().optional(),
  output: z
    .object({
      title: z.string().optional(),
      summary: z.string(),
      text: z.string().optional(),
      annotations: z.array(AnnotationBody).optional(),
    })
    .optional(),
});
const CheckRunBody = CheckRunPatch.extend({ name: z.string(), head_sha: z.string() });

/** Check runs on commits. Registered before commits, whose path would swallow theirs. */
export function addCheckRoutes(rest: RestApp): void {
  const one = '/repos/:owner/:repo/check-runs/:id{[0-9]+}';
  rest.post('/repos/:owner/:repo/check-runs', async (c) => {
    const input = await readBody(c, CheckRunBody);
    const { forge, actor, repo } = scene(c);
    return reply(
      checkRunView(
        forge,
        forge.store.transact(() => createCheckRun(forge, actor, repo, input)),
      ),
      201,
    );
  });
  rest.get(one, (c) => reply(checkRunView(c.get('forge'), runIn(c).run)));
  rest.patch(one, async (c) => {
    const change = await readBody(c, CheckRunPatch);
    const { forge, actor, repo, run } = runIn(c);
    return reply(
      checkRunView(
        forge,
        forge.store.transact(() => updateCheckRun(forge, actor, repo, run, change)),
      ),
    );
  });
  rest.get(`${one}/annotations`, listAnnotations);
  rest.post(`${one}/rerequest`, (c) => {
    const { forge, actor, repo, run } = runIn(c);
    forge.store.transact(() => rerequestCheckRun(forge, actor, repo, run));
    return reply({}, 201);
  });
  rest.get('/repos/:owner/:repo/commits/:ref{.+}/check-runs', listRuns);
}

function runIn(c: RestContext) {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, READ('checks'));
  const run = forge.store.get('checkRun', c.req.param('id') ?? '');
  if (run?.repoId !== repo.id) throw notFound();
  return { forge, actor, repo, run };
}

function listAnnotations(c: RestContext): Response {
  const { forge, repo, run } = runIn(c);
  const { page, headers } = paginate(c, run.annotations);
  const blob = `${forge.url}/${fullName(forge, repo)}/blob/${run.headSha}`;
  return reply(
    page.map((one) => ({ ...one, blob_href: `${blob}/${one.path}` })),
    200,
    headers,
  );
}

function listRuns(c: RestContext): Response {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, READ('checks'));
  const { sha } = resolveCommit(forge, repo, c.req.param('ref') ?? '');
  const { check_name: name, status, app_id: appId, filter = 'latest' } = c.req.query();
  const found = forge.store.group('checkRun', `${repo.id}:${sha}`).filter((run) => {
    if (name !== undefined && run.name !== name) return false;
    if (status !== undefined && run.status !== status) return false;
    return appId === undefined || String(run.appId) === appId;
  });
  const latest = new Map(found.map((run) => [`${run.appId} ${run.name}`, run]));
  const runs = filter === 'all' ? found : [...latest.values()];
  const { page, headers } = paginate(c, runs);
  return reply({ total_count: runs.length, check_runs: page.map((run) => checkRunView(forge, run)) }, 200, headers);
}
