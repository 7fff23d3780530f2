import type { Context } from 'hono';
import { z } from 'zod';
import type { Actor } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { accountByLogin, findIssue, repositoryByName, teamBySlug } from '../lookups.ts';
import { setCoverage } from '../operations/coverage.ts';
import { deleteIssue, transferIssue } from '../operations/remove-issue.ts';
import { setVisibility } from '../operations/repositories.ts';
import { notFound, Refusal } from '../refusal.ts';
import { reply } from '../rest/rest-app.ts';
import { type Repository, ROLES } from '../state/entities.ts';
import { issueView } from '../views/issue-view.ts';
import { repositoryView } from '../views/repository-view.ts';
import { emit } from '../webhooks/emit.ts';
import type { AdminApp } from './admin-routes.ts';

const Scene = z.strictObject({
  /** `owner/name`. */
  repository: z.string(),
  /** Login of the person who does it. */
  as: z.string().default('ken'),
});
const IssueAt = Scene.extend({ number: z.int() });
const Transfer = IssueAt.extend({ to: z.string() });
const Visibility = Scene.extend({ private: z.boolean() });
const Right = Scene.extend({ login: z.string(), role: z.enum(ROLES).nullable() });
const Membership = z.strictObject({ org: z.string(), team: z.string(), login: z.string(), member: z.boolean() });
const NewRepository = Scene.extend({ private: z.boolean().default(true) });
const Coverage = Scene.extend({ covered: z.boolean() });
const BranchRule = Scene.extend({
  branch: z.string().default('main'),
  /** Approvals a ruleset asks of a pull request; null for no such rule. */
  reviews: z.int().nullable(),
  /** The older branch protection. */
  classic: z.strictObject({ reviews: z.int().nullable() }).nullable().default(null),
});
const Event = Scene.extend({
  event: z.string(),
  action: z.string().nullable().default(null),
  payload: z.record(z.string(), z.unknown()).default({}),
});

/** Things done as some person that GitHub's REST has no request for. */
export function addStageRoutes(admin: AdminApp, forge: ForgeState): void {
  admin.post('/_admin/issues/delete', async (c) => {
    const { repo, actor, input } = await read(c, forge, IssueAt);
    forge.store.transact(() => deleteIssue(forge, actor, repo, findIssue(forge, repo, input.number)));
    return reply({});
  });
  admin.post('/_admin/issues/transfer', async (c) => {
    const { repo, actor, input } = await read(c, forge, Transfer);
    const to = repositoryAt(forge, input.to);
    const issue = findIssue(forge, repo, input.number);
    return reply(
      issueView(
        forge,
        forge.store.transact(() => transferIssue(forge, actor, repo, issue, to)),
      ),
    );
  });
  admin.post('/_admin/events', async (c) => {
    const { repo, actor, input } = await read(c, forge, Event);
    const { event, action, payload } = input;
    forge.store.transact(() => emit(forge, { event, action, repo, sender: actor.user, payload }));
    return reply({}, 202);
  });
  addRightRoutes(admin, forge);
}

/** Who may what, and which repositories there are. */
function addRightRoutes(admin: AdminApp, forge: ForgeState): void {
  admin.post('/_admin/repositories/visibility', async (c) => {
    const { repo, actor, input } = await read(c, forge, Visibility);
    const next = forge.store.transact(() => setVisibility(forge, actor.user, repo, input.private));
    return reply(repositoryView(forge, next));
  });
  admin.post('/_admin/collaborators', async (c) => {
    const { repo, input } = await read(c, forge, Right);
    const userId = accountByLogin(forge, input.login)?.id;
    if (userId === undefined) throw notFound();
    if (input.role === null) forge.store.remove('collaborator', `${repo.id}:${userId}`);
    else forge.store.put('collaborator', { repoId: repo.id, userId, role: input.role });
    return reply({});
  });
  admin.post('/_admin/installation', async (c) => {
    const { repo, actor, input } = await read(c, forge, Coverage);
    const installation = forge.store.all('installation').find((one) => one.accountId === repo.ownerId);
    if (!installation) throw notFound();
    forge.store.transact(() => setCoverage(forge, actor.user, installation, repo, input.covered));
    return reply({});
  });
  admin.post('/_admin/branch-rules', async (c) => {
    const { repo, input } = await read(c, forge, BranchRule);
    const { branch, reviews, classic } = input;
    forge.store.put('branchRule', { repoId: repo.id, branch, reviews, classic });
    return reply({});
  });
  admin.post('/_admin/teams/members', async (c) => {
    setMembership(forge, Membership.parse(await c.req.json()));
    return reply({});
  });
  admin.post('/_admin/repositories', async (c) => {
    const input = NewRepository.parse(await c.req.json());
    return reply(
      repositoryView(
        forge,
        forge.store.transact(() => newRepository(forge, input)),
      ),
      201,
    );
  });
}

async function read<T extends z.infer<typeof Scene>>(c: Context, forge: ForgeState, schema: z.ZodType<T>) {
  const input = schema.parse(await c.req.json());
  const user = accountByLogin(forge, input.as);
  if (!user) throw notFound();
  const actor = { kind: 'user', user } satisfies Actor;
  return { input, actor, repo: repositoryAt(forge, input.repository) };
}

function repositoryAt(forge: ForgeState, name: string): Repository {
  const [owner = '', repo = ''] = name.split('/');
  const found = repositoryByName(forge, owner, repo);
  if (!found) throw notFound();
  return found;
}

function setMembership(forge: ForgeState, input: z.infer<typeof Membership>): void {
  const user = accountByLogin(forge, input.login);
  const team = teamBySlug(forge, accountByLogin(forge, input.org)?.id ?? 0, input.team);
  if (!user || !team) throw notFound();
  const others = team.memberIds.filter((id) => id !== user.id);
  forge.store.put('team', { ...team, memberIds: input.member ? [...others, user.id] : others });
}

/** An empty repository of an owner that exists; the installation does not cover it. */
function newRepository(forge: ForgeState, input: z.infer<typeof NewRepository>): Repository {
  const [owner = '', name = ''] = input.repository.split('/');
  const account = accountByLogin(forge, owner);
  if (!account || !/^[\w.-]+$/.test(name)) throw notFound();
  if (repositoryByName(forge, owner, name)) throw new Refusal(422, 'name already exists on this account');
  const now = forge.clock.stamp();
  const times = { createdAt: now, updatedAt: now, pushedAt: now };
  const about = { name, description: null, private: input.private, defaultBranch: 'main', lastNumber: 0 };
  return forge.store.put('repository', { id: forge.store.newId(), ownerId: account.id, ...about, ...times });
}
