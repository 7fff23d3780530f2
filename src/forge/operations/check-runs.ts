import { demand, WRITE } from '../access.ts';
import { type Actor, accountOf } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { resolveCommit } from '../git/refs.ts';
import { invalidField, Refusal } from '../refusal.ts';
import type { Annotation, CheckRun, CheckSuite, Conclusion, Repository } from '../state/entities.ts';
import { checkRunView, checkSuiteView } from '../views/check-run-view.ts';
import { emit } from '../webhooks/emit.ts';

export interface CheckRunChange {
  name?: string | undefined;
  details_url?: string | undefined;
  external_id?: string | undefined;
  status?: CheckRun['status'] | undefined;
  started_at?: string | undefined;
  conclusion?: Conclusion | undefined;
  completed_at?: string | undefined;
  output?:
    | {
        title?: string | undefined;
        summary: string;
        text?: string | undefined;
        annotations?: Annotation[] | undefined;
      }
    | undefined;
}

/** Starts a check run on a commit; only apps have check runs. */
export function createCheckRun(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  input: CheckRunChange & { name: string; head_sha: string },
): CheckRun {
  demand(forge, actor, repo, WRITE('checks', 'write'));
  if (actor.kind !== 'installation') throw new Refusal(403, 'You must authenticate via a GitHub App.');
  const headSha = resolveCommit(forge, repo, input.head_sha).sha;
  const now = forge.clock.stamp();
  const empty: CheckRun = {
    id: forge.store.newId(),
    repoId: repo.id,
    suiteId: suiteFor(forge, repo, actor.app.id, headSha).id,
    appId: actor.app.id,
    name: input.name,
    headSha,
    externalId: null,
    detailsUrl: null,
    status: 'queued',
    conclusion: null,
    startedAt: now,
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
  };
  const run = forge.store.put('checkRun', changed(forge, empty, input));
  emitCheckRun(forge, actor, repo, run, 'created');
  if (run.status === 'completed') emitCheckRun(forge, actor, repo, run, 'completed');
  return run;
}

/** Changes a check run of the app's own; annotations are added to those already there. */
export function updateCheckRun(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  run: CheckRun,
  change: CheckRunChange,
): CheckRun {
  demand(forge, actor, repo, WRITE('checks', 'write'));
  if (actor.kind !== 'installation' || actor.app.id !== run.appId) {
    throw new Refusal(
      403,
      `Invalid app_id \`${run.appId}\` - check run can only be modified by the GitHub App that created it.`,
    );
  }
  const next = forge.store.put('checkRun', changed(forge, run, change));
  if (next.status === 'completed' && run.status !== 'completed') emitCheckRun(forge, actor, repo, next, 'completed');
  return next;
}

/** Asks the app to run the check again; people who may write do it from the page. */
export function rerequestCheckRun(forge: ForgeState, actor: Actor, repo: Repository, run: CheckRun): void {
  demand(forge, actor, repo, WRITE('checks', 'write'));
  emitCheckRun(forge, actor, repo, run, 'rerequested');
}

function changed(forge: ForgeState, run: CheckRun, change: CheckRunChange): CheckRun {
  checkOutput(forge, change.output);
  const status = change.conclusion ? 'completed' : (change.status ?? run.status);
  const conclusion = change.conclusion ?? run.conclusion;
  if (status === 'completed' && conclusion === null)
    throw new Refusal(422, 'Invalid request.\n\n"conclusion" wasn\'t supplied.');
  const done = status === 'completed';
  return {
    ...run,
    name: change.name ?? run.name,
    detailsUrl: change.details_url ?? run.detailsUrl,
    externalId: change.external_id ?? run.externalId,
    status,
    conclusion: done ? conclusion : null,
    startedAt: change.started_at ?? run.startedAt,
    completedAt: done ? (change.completed_at ?? run.completedAt ?? forge.clock.stamp()) : null,
    title: change.output?.title ?? run.title,
    summary: change.output?.summary ?? run.summary,
    text: change.output?.text ?? run.text,
    annotations: [...run.annotations, ...(change.output?.annotations ?? [])],
  };
}

function checkOutput(forge: ForgeState, output: CheckRunChange['output']): void {
  const { annotationsPerRequest, checkOutputCharacters } = forge.limits;
  if ((output?.annotations?.length ?? 0) > annotationsPerRequest) {
    throw new Refusal(
      422,
      `Invalid request.\n\nNo more than ${annotationsPerRequest} items are allowed; ${output?.annotations?.length} were supplied.`,
    );
  }
  for (const field of ['summary', 'text'] as const) {
    if ([...(output?.[field] ?? '')].length <= checkOutputCharacters) continue;
    const message = `${field} exceeds a maximum bytesize of ${checkOutputCharacters}`;
    throw invalidField('CheckRun', field, 'custom', message);
  }
}

function suiteFor(forge: ForgeState, repo: Repository, appId: number, headSha: string): CheckSuite {
  const found = forge.store.group('checkSuite', `${repo.id}:${headSha}`).find((suite) => suite.appId === appId);
  const createdAt = forge.clock.stamp();
  return (
    found ?? forge.store.put('checkSuite', { id: forge.store.newId(), repoId: repo.id, appId, headSha, createdAt })
  );
}

function emitCheckRun(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  run: CheckRun,
  action: 'created' | 'completed' | 'rerequested',
): void {
  const suite = suiteFor(forge, repo, run.appId, run.headSha);
  const check_run = { ...checkRunView(forge, run), check_suite: checkSuiteView(forge, suite, run) };
  emit(forge, { event: 'check_run', action, repo, sender: accountOf(forge, actor), payload: { check_run } });
}
