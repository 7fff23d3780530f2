import { z } from 'zod';
import { type AlertEvent, alertEventNames, saysSomething } from './alert-events.ts';
import type { ForgeEvent, IssueAction } from './forge-event.ts';
import { isOfOtherBranch } from './other-branch.ts';
import { commentShape, issueShape, numericId, repositoryShape, userShape } from './shapes.ts';

const issueActions = [
  'opened',
  'edited',
  'closed',
  'reopened',
  'labeled',
  'unlabeled',
  'assigned',
  'unassigned',
  'deleted',
  'transferred',
  'locked',
  'unlocked',
] as const satisfies readonly IssueAction[];

const comment = z
  .looseObject({
    action: z.enum(['created', 'edited', 'deleted']),
    comment: commentShape,
    issue: issueShape,
    sender: userShape,
  })
  .transform(({ action, comment, issue, sender }): ForgeEvent => ({ kind: 'comment', action, comment, issue, sender }));

const issue = z
  .looseObject({
    action: z.enum(issueActions),
    issue: issueShape,
    sender: userShape,
    label: z.looseObject({ name: z.string() }).nullish(),
    assignee: z.looseObject({ login: z.string() }).nullish(),
  })
  .transform(
    ({ action, issue, sender, label, assignee }): ForgeEvent => ({
      kind: 'issue',
      action,
      issue,
      sender,
      ...(label ? { label: label.name } : {}),
      ...(assignee ? { assignee: assignee.login } : {}),
    }),
  );

const push = z
  .looseObject({
    ref: z.string(),
    after: z.string(),
    deleted: z.boolean().default(false),
    repository: repositoryShape,
    sender: userShape,
  })
  .transform(({ ref, after, deleted, repository, sender }): ForgeEvent => {
    const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined;
    return {
      kind: 'push',
      branch,
      after: deleted ? undefined : after,
      isDefaultBranch: branch === repository.defaultBranch,
      sender,
    };
  });

const pullRequest = z
  .looseObject({
    action: z.enum(['opened', 'synchronize', 'reopened']),
    pull_request: z.looseObject({ number: z.number(), head: z.looseObject({ sha: z.string() }) }),
  })
  .transform(
    ({ action, pull_request: pull }): ForgeEvent => ({
      kind: 'pull-request',
      action,
      number: pull.number,
      headSha: pull.head.sha,
    }),
  );

const checkRun = z
  .looseObject({
    action: z.literal('rerequested'),
    check_run: z.looseObject({ name: z.string(), head_sha: z.string() }),
  })
  .transform(
    ({ check_run: run }): ForgeEvent => ({ kind: 'check-rerequested', name: run.name, headSha: run.head_sha }),
  );

/** "Re-run all checks" names no check: the suite is this app's own. */
const checkSuite = z
  .looseObject({
    action: z.literal('rerequested'),
    check_suite: z.looseObject({ head_sha: z.string() }),
  })
  .transform(({ check_suite: suite }): ForgeEvent => ({ kind: 'check-rerequested', headSha: suite.head_sha }));

const repository = z
  .looseObject({
    action: z.enum(['publicized', 'privatized', 'renamed', 'transferred']),
    repository: repositoryShape,
  })
  .transform(
    ({ action, repository: { id, owner, name, private: isPrivate } }): ForgeEvent => ({
      kind: 'repository',
      action,
      repositoryId: id,
      owner,
      name,
      private: isPrivate,
    }),
  );

const ids = z
  .array(z.looseObject({ id: numericId }))
  .nullish()
  .transform((list) => (list ?? []).map((one) => one.id));

const installation = z
  .looseObject({ action: z.string(), repositories: ids, repositories_added: ids, repositories_removed: ids })
  .transform(({ action, repositories, repositories_added, repositories_removed }): ForgeEvent => {
    const all = action === 'created' || action === 'unsuspend' ? repositories : [];
    const none = action === 'deleted' || action === 'suspend' ? repositories : [];
    return {
      kind: 'installation',
      action,
      added: [...all, ...repositories_added],
      removed: [...none, ...repositories_removed],
    };
  });

const advisory = z
  .looseObject({ action: z.enum(['published', 'updated', 'withdrawn']), security_advisory: z.looseObject({}) })
  .transform((payload): ForgeEvent => ({ kind: 'advisory', action: payload.action, payload }));

/** The payload goes on as it is: what the alert is, its source reads. */
function alert(source: AlertEvent): [string, z.ZodType<ForgeEvent>] {
  const action = z.string().refine((name) => saysSomething(source, name));
  const shape = z.looseObject({ action: source === 'public' ? z.literal('').default('') : action });
  return [
    source,
    shape.transform((payload): ForgeEvent => {
      if (source === 'code_scanning_alert' && isOfOtherBranch(payload))
        return { kind: 'ignored', reason: 'Yagura follows code scanning in the default branch.' };
      return { kind: 'alert', source, action: payload.action, payload };
    }),
  ];
}

const readers: Readonly<Record<string, z.ZodType<ForgeEvent>>> = {
  issue_comment: comment,
  issues: issue,
  push,
  pull_request: pullRequest,
  check_run: checkRun,
  check_suite: checkSuite,
  repository,
  installation,
  installation_repositories: installation,
  security_advisory: advisory,
  ...Object.fromEntries(alertEventNames.map(alert)),
};

/** The events Yagura understands; `app.yml` subscribes to them. */
export const understoodEvents = Object.keys(readers);

/** What a delivery means to us. Never throws: what is not ours, or not understood, is `ignored` with the reason. */
export function readDelivery(event: string, payload: unknown): ForgeEvent {
  const reader = Object.hasOwn(readers, event) ? readers[event] : undefined;
  if (!reader) return { kind: 'ignored', reason: `Yagura does not use the event ${event}.` };
  const result = reader.safeParse(payload);
  if (result.success) return result.data;
  const problem = result.error.issues[0];
  if (problem?.path.join('.') === 'action')
    return { kind: 'ignored', reason: `Yagura does not use this action of ${event}.` };
  const where = problem ? `${problem.path.join('.')}: ${problem.message}` : 'no reason';
  return { kind: 'ignored', reason: `The payload of ${event} was not understood (${where}).` };
}
