import type { ForgeState } from './forge-state.ts';
import { accountById } from './lookups.ts';
import { Refusal } from './refusal.ts';
import type { Account, App, Installation, Permissions } from './state/entities.ts';

/** Who asks: a person, an app as itself (JWT), or an app as one of its installations. */
export type Actor =
  | { kind: 'user'; user: Account }
  | { kind: 'app'; app: App }
  | {
      kind: 'installation';
      app: App;
      installation: Installation;
      /** The token's own scope, which may be narrower than the installation's. */
      repositoryIds: number[];
      permissions: Permissions;
    };

/** The account writes are signed with: the person, or the app's bot. */
export function accountOf(forge: ForgeState, actor: Actor): Account {
  if (actor.kind === 'user') return actor.user;
  if (actor.kind === 'installation') return accountById(forge, actor.app.botId);
  throw new Refusal(403, 'Resource not accessible by integration');
}

/** The app to name in `performed_via_github_app`; null for people. */
export function appIdOf(actor: Actor): number | null {
  return actor.kind === 'user' ? null : actor.app.id;
}

/** Whose budget a request is charged to, also the name in the write log. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'user') return actor.user.login;
  return actor.kind === 'app' ? `app/${actor.app.slug}` : `installation/${actor.installation.id}`;
}
