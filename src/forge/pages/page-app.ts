import { type Context, Hono } from 'hono';
import { visibleRepository } from '../access.ts';
import type { Actor } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { fullName } from '../lookups.ts';
import { notFound } from '../refusal.ts';
import type { Account, Repository } from '../state/entities.ts';
import type { Form } from './form.ts';
import { peopleToBe, personToBe } from './people.ts';
import { chosenLogin, formToken, sessionOf } from './session.ts';

/** Who looks at a page, and what their forms must carry. */
export interface Visit {
  forge: ForgeState;
  person: Account;
  token: string;
}
export type PageEnv = { Variables: { visit: Visit; form: Form } };
export type PageApp = Hono<PageEnv>;
export type PageContext = Context<PageEnv>;

export function newPageApp(): PageApp {
  return new Hono<PageEnv>();
}

/** The visit of a request: the person chosen before, else the first of the seeded people. */
export function visitOf(c: PageContext, forge: ForgeState): Visit {
  const first = peopleToBe(forge)[0]?.login;
  const person = personToBe(forge, chosenLogin(c)) ?? personToBe(forge, first);
  if (!person) throw notFound();
  return { forge, person, token: formToken(forge, sessionOf(c)) };
}

/** A repository as seen by a person: what most pages begin with. */
export interface Scene extends Visit {
  actor: Actor;
  repo: Repository;
  /** `owner/name`. */
  name: string;
  /** The path of its pages: `/owner/name`. */
  home: string;
}

/** The scene named in the path; GitHub's 404 when the person may not see the repository. */
export function sceneOf(c: PageContext): Scene {
  const visit = c.get('visit');
  const actor: Actor = { kind: 'user', user: visit.person };
  const repo = visibleRepository(visit.forge, actor, c.req.param('owner') ?? '', c.req.param('repo') ?? '');
  const name = fullName(visit.forge, repo);
  return { ...visit, actor, repo, name, home: `/${name}` };
}
