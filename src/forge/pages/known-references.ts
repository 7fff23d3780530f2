import { may, READ } from '../access.ts';
import { accountByLogin, repositoryByName, teamBySlug } from '../lookups.ts';
import type { References } from './markdown/references.ts';
import type { Scene } from './page-app.ts';

/** Who and what texts of this repository can refer to: people, teams and issues of this forge. */
export function knownReferences(scene: Scene): References {
  const { forge } = scene;
  return {
    mention(name) {
      const [login = '', slug] = name.split('/');
      const account = accountByLogin(forge, login);
      if (!account || (slug !== undefined && !teamBySlug(forge, account.id, slug))) return null;
      return slug === undefined
        ? `${scene.home}/issues?author=${encodeURIComponent(account.login)}`
        : `${scene.home}/issues`;
    },
    issue(name, number) {
      const [owner = '', repoName = ''] = (name ?? scene.name).split('/');
      const repo = repositoryByName(forge, owner, repoName);
      if (!repo || !may(forge, scene.actor, repo, READ('issues'))) return null;
      const issue = forge.store.get('issue', `${repo.id}#${number}`);
      return issue ? `/${name ?? scene.name}/${issue.pull ? 'pull' : 'issues'}/${number}` : null;
    },
  };
}
