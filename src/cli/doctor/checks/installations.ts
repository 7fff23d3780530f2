import type { InspectedApp, InspectedInstallation } from '../../../github/inspect.ts';
import type { RepoRef } from '../../../ports/forge.ts';
import { defineCheck, type Finding } from '../check.ts';
import { accountOf } from '../places.ts';
import type { Scene } from '../scene.ts';

type Name = 'nowhere' | 'not-on-issues' | 'not-on-config' | 'suspended' | 'suspended-elsewhere';

export const installations = defineCheck<Name>({
  name: 'installations',
  part: 'app',
  looksAt:
    'Where the app is installed, whether the issue and the config repository are among it, and what is suspended.',
  demo: 'the embedded forge comes with the app installed',
  outcomes: {
    nowhere: {
      state: 'fault',
      when: 'the app is installed on no account at all',
      fix: 'Open {page}/installations/new and install it on the issue and the config repository.',
    },
    'not-on-issues': {
      state: 'fault',
      when: 'the app cannot see the issue repository',
      fix: 'Add {repository} under "Repository access" at {page}/installations/new, or correct YAGURA_REPO.',
    },
    'not-on-config': {
      state: 'fault',
      when: 'the app cannot see the config repository',
      fix: 'Add {repository} under "Repository access" at {page}/installations/new, or correct YAGURA_CONFIG_REPO.',
    },
    suspended: {
      state: 'fault',
      when: 'the installation that holds one of the two repositories is suspended',
      fix: 'An owner of {account} opens {page} and presses "Unsuspend".',
    },
    'suspended-elsewhere': {
      state: 'warning',
      when: 'another installation is suspended: its alerts do not come in',
      fix: 'An owner of {account} opens {page} and presses "Unsuspend", or uninstalls the app there.',
    },
  },
  async run(scene) {
    const { repo, configRepo } = scene.github();
    const all = await scene.installations();
    const { app } = await scene.app();
    if (all.length === 0) {
      return [{ outcome: 'nowhere', says: `${app.slug} is installed nowhere`, values: { page: app.html_url } }];
    }
    const issues = await homeOf(scene, app, repo, 'not-on-issues');
    const config = configRepo ? await homeOf(scene, app, configRepo, 'not-on-config') : {};
    const homes = new Set([issues.id, config.id]);
    const found = [issues.missing, config.missing].filter((one) => one !== undefined);
    found.push(...all.filter((one) => one.suspended_at).map((one) => suspension(one, homes.has(one.id))));
    return found.length > 0 ? found : [{ ok: `on ${all.map(accountOf).join(', ')}, and it sees our repositories` }];
  },
});

async function homeOf(
  scene: Scene,
  app: InspectedApp,
  repo: RepoRef,
  outcome: 'not-on-issues' | 'not-on-config',
): Promise<{ id?: number; missing?: Finding<Name> }> {
  const installation = await scene.installationOn(repo);
  if (installation) return { id: installation.id };
  const repository = `${repo.owner}/${repo.name}`;
  const says = `${repository} does not exist, or ${app.slug} is not installed on it`;
  return { missing: { outcome, says, values: { repository, page: app.html_url } } };
}

function suspension(installation: InspectedInstallation, ours: boolean): Finding<Name> {
  const account = accountOf(installation);
  const says = `the installation of ${account} is suspended since ${installation.suspended_at}`;
  const values = { account, page: installation.html_url };
  return { outcome: ours ? 'suspended' : 'suspended-elsewhere', says, values };
}
