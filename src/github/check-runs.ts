import { z } from 'zod';
import { type Annotation, type CheckRun, ForgeError } from '../ports/forge.ts';
import { cutText } from './cut-text.ts';
import { anyShape, numericId } from './shapes.ts';
import type { Target } from './target.ts';

const runShape = z.looseObject({
  id: numericId,
  name: z.string(),
  status: z.string(),
  app: z.looseObject({ id: numericId }).nullish(),
});
const runsShape = z.looseObject({ check_runs: z.array(runShape) });
type Run = z.infer<typeof runShape>;

/** Annotations a request may carry: https://docs.github.com/rest/checks/runs */
const ANNOTATIONS_A_REQUEST = 50;
const MAX_TITLE = 255;
/** Summary and message, in bytes: the documentation says characters, and bytes are never more permissive. */
const MAX_TEXT = 65_535;

type Output = { title: string; summary: string; annotations?: ReturnType<typeof toApi>[] };

/**
 * Creates the check run, or goes on with one in progress, 50 annotations a request; it is completed by the last. When
 * any request fails a last one completes it as a failure, because a check that never completes blocks merging for
 * ever and says nothing. What may pass (a limit, an outage) is thrown as well, for another try.
 */
export async function putCheckRun(to: Target, run: CheckRun): Promise<void> {
  const open = (await listRuns(to, run.headSha, run.name)).find((one) => one.status !== 'completed');
  const chunks = chunked(run.annotations.map(toApi));
  const output = { title: cutText(run.title, MAX_TITLE), summary: cutText(run.summary, MAX_TEXT) };
  let id = open?.id;
  try {
    for (const [index, annotations] of chunks.entries()) {
      const state = index === chunks.length - 1 ? stateOf(run) : ({ status: 'in_progress' } as const);
      id = await send(to, run, id, { ...state, output: { ...output, annotations } });
    }
  } catch (error) {
    if (run.status !== 'completed' || !(error instanceof ForgeError)) throw error;
    await completeAsFailure(to, run, id, error);
    if (error.reason !== 'validation') throw error;
  }
}

/** Whether the newest run of that name on the commit is completed. */
export async function checkRunDone(from: Target, headSha: string, name: string): Promise<boolean> {
  const runs = await listRuns(from, headSha, name);
  const newest = runs.reduce<Run | undefined>((best, one) => (best && best.id > one.id ? best : one), undefined);
  return newest?.status === 'completed';
}

/** The first failure is the one worth reporting: this last attempt may fail for the same reason. */
async function completeAsFailure(to: Target, run: CheckRun, id: number | undefined, error: ForgeError): Promise<void> {
  const passing = ['secondary-limit', 'primary-limit', 'unavailable', 'unknown'].includes(error.reason);
  if (id === undefined && passing) return;
  const summary = `GitHub did not take the result: ${error.message}\n\nRe-run this check, or run \`yagura check\`.`;
  const output = { title: 'The result could not be shown', summary: cutText(summary, 2000) };
  await send(to, run, id, { status: 'completed', conclusion: 'failure', output }).catch(() => undefined);
}

function stateOf(run: CheckRun) {
  return run.status === 'completed'
    ? ({ status: 'completed', conclusion: run.conclusion ?? 'neutral' } as const)
    : ({ status: 'in_progress' } as const);
}

type Body = ReturnType<typeof stateOf> & { output: Output };

async function send(to: Target, run: CheckRun, id: number | undefined, body: Body): Promise<number> {
  if (id === undefined) {
    const made = await to.client.write(runShape, (octokit) =>
      octokit.request('POST /repos/{owner}/{repo}/check-runs', {
        ...to.params,
        name: run.name,
        head_sha: run.headSha,
        ...body,
      }),
    );
    return made.id;
  }
  await to.client.write(anyShape, (octokit) =>
    octokit.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...to.params,
      check_run_id: id,
      ...body,
    }),
  );
  return id;
}

/** Our own: another app may use the same name. */
async function listRuns(from: Target, headSha: string, name: string): Promise<Run[]> {
  const answer = await from.client.read(runsShape, (octokit, headers) =>
    octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
      ...from.params,
      ref: headSha,
      check_name: name,
      filter: 'latest',
      per_page: 100,
      headers,
    }),
  );
  const { appId } = from.client;
  return answer.check_runs.filter((run) => run.name === name && (run.app?.id ?? appId) === appId);
}

function toApi(annotation: Annotation) {
  return {
    path: annotation.path,
    start_line: annotation.line,
    end_line: annotation.line,
    annotation_level: annotation.level,
    message: cutText(annotation.message, MAX_TEXT),
  };
}

/** At least one chunk, so that a run without annotations is one request. */
function chunked<T>(items: T[]): T[][] {
  const chunks = [items.slice(0, ANNOTATIONS_A_REQUEST)];
  for (let at = ANNOTATIONS_A_REQUEST; at < items.length; at += ANNOTATIONS_A_REQUEST) {
    chunks.push(items.slice(at, at + ANNOTATIONS_A_REQUEST));
  }
  return chunks;
}
