import { z } from 'zod';
import type { ForgeComment, ForgeIssue, ForgeRepository, ForgeUser } from '../ports/forge.ts';

/** Octokit reads integers beyond 2^53 as bigint; ids stay below that. */
export const numericId = z.union([z.number(), z.bigint()]).transform(Number);

/** A deleted account is null on GitHub; it shows there as `ghost`. */
export const userShape = z
  .looseObject({ id: numericId, login: z.string(), type: z.string().default('User') })
  .nullish()
  .transform((value): ForgeUser => (value ? { id: value.id, login: value.login, type: value.type } : ghost));
const ghost: ForgeUser = { id: 10_137, login: 'ghost', type: 'User' };

const time = z.string().transform((value) => new Date(value));
const viaApp = z.looseObject({}).nullish().transform(Boolean);
const labelName = z
  .union([z.string(), z.looseObject({ name: z.string().nullish() })])
  .transform((value) => (typeof value === 'string' ? value : (value.name ?? '')));

export const repositoryShape = z
  .looseObject({
    id: numericId,
    name: z.string(),
    owner: z.looseObject({ login: z.string() }),
    private: z.boolean(),
    has_issues: z.boolean().default(true),
    default_branch: z.string().default('main'),
  })
  .transform(
    (value): ForgeRepository => ({
      id: value.id,
      owner: value.owner.login,
      name: value.name,
      private: value.private,
      hasIssues: value.has_issues,
      defaultBranch: value.default_branch,
    }),
  );

export const issueShape = z
  .looseObject({
    id: numericId,
    number: z.number(),
    title: z.string(),
    body: z.string().nullish(),
    state: z.string(),
    state_reason: z.string().nullish(),
    labels: z.array(labelName).default([]),
    assignees: z.array(z.looseObject({ login: z.string() })).nullish(),
    locked: z.boolean().default(false),
    user: userShape,
    performed_via_github_app: viaApp,
    closed_by: z.union([z.null(), userShape]).optional(),
    created_at: time,
    updated_at: time,
    pull_request: z.unknown().optional(),
  })
  .transform(
    (value): ForgeIssue => ({
      id: value.id,
      number: value.number,
      title: value.title,
      body: value.body ?? '',
      state: value.state === 'closed' ? 'closed' : 'open',
      stateReason: value.state_reason ?? null,
      labels: value.labels.filter((name) => name !== ''),
      assignees: (value.assignees ?? []).map((assignee) => assignee.login),
      locked: value.locked,
      user: value.user,
      viaApp: value.performed_via_github_app,
      closedBy: value.state === 'closed' ? (value.closed_by ?? null) : null,
      createdAt: value.created_at,
      updatedAt: value.updated_at,
      isPullRequest: value.pull_request !== undefined && value.pull_request !== null,
    }),
  );

export const commentShape = z
  .looseObject({
    id: numericId,
    issue_url: z.string(),
    body: z.string().nullish(),
    user: userShape,
    performed_via_github_app: viaApp,
    created_at: time,
    updated_at: time,
  })
  .transform(
    (value): ForgeComment => ({
      id: value.id,
      issue: Number(value.issue_url.slice(value.issue_url.lastIndexOf('/') + 1)),
      body: value.body ?? '',
      user: value.user,
      viaApp: value.performed_via_github_app,
      createdAt: value.created_at,
      updatedAt: value.updated_at,
    }),
  );

/** For answers nobody reads. */
export const anyShape = z.unknown();
