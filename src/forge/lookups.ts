import type { ForgeState } from './forge-state.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Account, App, BranchRule, Comment, Issue, Label, Repository, Team } from './state/entities.ts';

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** An account by id that some entity refers to; accounts are never removed. */
export function accountById(forge: ForgeState, id: number): Account {
  const account = forge.store.get('account', id);
  if (!account) throw notFound();
  return account;
}

/** An account by login, in any letter case. */
export function accountByLogin(forge: ForgeState, login: string): Account | undefined {
  return forge.store.all('account').find((account) => same(account.login, login));
}

/** A repository that some entity refers to. */
export function repositoryById(forge: ForgeState, id: number): Repository {
  const repository = forge.store.get('repository', id);
  if (!repository) throw notFound();
  return repository;
}

/** A repository by `owner/name`, in any letter case. */
export function repositoryByName(forge: ForgeState, owner: string, name: string): Repository | undefined {
  const account = accountByLogin(forge, owner);
  return forge.store.all('repository').find((repo) => repo.ownerId === account?.id && same(repo.name, name));
}

/** `owner/name`. */
export function fullName(forge: ForgeState, repo: Repository): string {
  return `${accountById(forge, repo.ownerId).login}/${repo.name}`;
}

/** What is asked of changes to a branch, if anything. */
export function branchRule(forge: ForgeState, repo: Repository, branch: string): BranchRule | undefined {
  return forge.store.get('branchRule', `${repo.id}:${branch}`);
}

/** The app that wrote something. */
export function appById(forge: ForgeState, id: number): App {
  const app = forge.store.get('app', id);
  if (!app) throw notFound();
  return app;
}

export function teamBySlug(forge: ForgeState, orgId: number, slug: string): Team | undefined {
  return forge.store.all('team').find((team) => team.orgId === orgId && team.slug === slug);
}

/**
 * An issue or pull request; refuses with GitHub's 410 or 301 where one was deleted or transferred. With issues switched
 * off only pull requests are there.
 */
export function findIssue(forge: ForgeState, repo: Repository, number: number): Issue {
  const key = `${repo.id}#${number}`;
  const issue = forge.store.get('issue', key);
  if (repo.hasIssues === false && !issue?.pull) throw new Refusal(410, 'Issues are disabled for this repo');
  if (issue) return issue;
  const gone = forge.store.get('tombstone', key);
  if (!gone) throw notFound();
  if (!gone.movedTo) throw new Refusal(410, 'This issue was deleted');
  const location = `${forge.apiUrl}/repositories/${gone.movedTo.repoId}/issues/${gone.movedTo.number}`;
  throw new Refusal(301, 'Moved Permanently', { headers: { location } });
}

/** A comment of that repository by its id. */
export function findComment(forge: ForgeState, repo: Repository, id: number): Comment {
  const comment = forge.store.get('comment', id);
  if (comment?.repoId !== repo.id) throw notFound();
  findIssue(forge, repo, comment.number);
  return comment;
}

/** A label of that repository by its name, in any letter case. */
export function labelByName(forge: ForgeState, repo: Repository, name: string): Label | undefined {
  return forge.store.group('label', repo.id).find((label) => same(label.name, name));
}
