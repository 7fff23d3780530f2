import { demand, type Need } from '../access.ts';
import type { Actor } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { accountByLogin } from '../lookups.ts';
import { notAccessible, notFound, Refusal } from '../refusal.ts';
import { type Account, SCANNERS, type Scanner, type ScannerAlert } from '../state/entities.ts';
import { alertOfOrganization, alertView } from '../views/alert-view.ts';
import { paginateByCursor } from './paginate-by-cursor.ts';
import { type RestApp, type RestContext, reply, scene } from './rest-app.ts';

/** docs.github.com, "Permissions required for GitHub Apps"; people need the role beside it. */
const NEEDS: Record<Scanner, Need> = {
  dependabot: { permission: 'vulnerability_alerts', level: 'read', role: 'write' },
  'code-scanning': { permission: 'security_events', level: 'read', role: 'write' },
  'secret-scanning': { permission: 'secret_scanning_alerts', level: 'read', role: 'admin' },
};

/** What GitHub answers where a scanner is off for a repository. */
const OFF: Record<Scanner, () => Refusal> = {
  dependabot: () => new Refusal(403, 'Dependabot alerts are disabled for this repository.'),
  'code-scanning': () => new Refusal(403, 'Code Security must be enabled for this repository to use code scanning.'),
  'secret-scanning': () => new Refusal(404, 'Secret scanning is disabled on this repository.'),
};

/** The lists of what GitHub's scanners found, of a repository and of an organization. */
export function addAlertRoutes(rest: RestApp): void {
  for (const scanner of SCANNERS) {
    rest.get(`/repos/:owner/:repo/${scanner}/alerts`, (c) => {
      const { forge, actor, repo } = scene(c);
      demand(forge, actor, repo, NEEDS[scanner]);
      if (isOff(forge, scanner, repo.id)) throw OFF[scanner]();
      const found = forge.store.group('scannerAlert', `${repo.id}:${scanner}`);
      return list(c, scanner, found, (alert) => alertView(forge, alert));
    });
    rest.get(`/orgs/:org/${scanner}/alerts`, (c) => {
      const forge = c.get('forge');
      const ids = repositoriesFor(forge, c.get('actor'), accountByLogin(forge, c.req.param('org') ?? ''), scanner);
      const found = ids
        .filter((id) => !isOff(forge, scanner, id))
        .flatMap((id) => forge.store.group('scannerAlert', `${id}:${scanner}`));
      return list(c, scanner, found, (alert) => alertOfOrganization(forge, alert));
    });
  }
}

function isOff(forge: ForgeState, scanner: Scanner, repoId: number): boolean {
  return forge.store.get('scannerOff', `${repoId}:${scanner}`) !== undefined;
}

/** Ids of the repositories whose alerts the actor reads by the organization: its owners all, an app those it covers. */
function repositoriesFor(forge: ForgeState, actor: Actor, org: Account | undefined, scanner: Scanner): number[] {
  if (org?.type !== 'Organization') throw notFound();
  const { permission } = NEEDS[scanner];
  if (actor.kind === 'user') {
    const member = forge.store.get('orgMember', `${org.id}:${actor.user.id}`);
    if (member?.role !== 'admin') throw notFound();
    const owned = forge.store.all('repository').filter((repo) => repo.ownerId === org.id);
    return owned.map((repo) => repo.id);
  }
  if (actor.kind === 'app' || actor.installation.accountId !== org.id) throw notFound();
  if (!(permission in actor.permissions)) throw notAccessible();
  return actor.repositoryIds;
}

function list(
  c: RestContext,
  scanner: Scanner,
  alerts: ScannerAlert[],
  view: (alert: ScannerAlert) => Record<string, unknown>,
): Response {
  const wanted = (c.req.query('state') ?? '').split(',').filter(Boolean);
  const states = wanted.flatMap((state) => (state === 'closed' ? ['fixed', 'dismissed'] : [state]));
  const found = alerts.filter(
    (alert) => alert.ref === undefined && (states.length === 0 || states.includes(alert.state)),
  );
  const updated = c.req.query('sort') === 'updated';
  const orderOf = (alert: ScannerAlert) => (updated ? alert.updatedAt : alert.createdAt);
  // Dependabot's lists know no page numbers.
  const { page, headers } = paginateByCursor(c, found, orderOf, scanner !== 'dependabot');
  const hide = scanner === 'secret-scanning' && c.req.query('hide_secret') === 'true';
  return reply(page.map(view).map(hide ? withoutSecret : same), 200, headers);
}

function same<T>(value: T): T {
  return value;
}

function withoutSecret({ secret: _secret, ...alert }: Record<string, unknown>): Record<string, unknown> {
  return alert;
}
