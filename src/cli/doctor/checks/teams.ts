import { defineCheck, type Finding } from '../check.ts';
import { accountOf, installedElsewhere } from '../places.ts';
import type { Scene } from '../scene.ts';

type Name = 'unreadable' | 'not-installed' | 'empty';

export const teams = defineCheck<Name>({
  name: 'teams',
  part: 'policy',
  looksAt: 'Whether every team that policy names can be read; one that cannot gives nobody a right.',
  limit: 60,
  demo: 'its teams are made with it',
  outcomes: {
    unreadable: {
      state: 'fault',
      when: 'there is no such team, or the app may not see it',
      fix: 'Correct {team} in {file}: the name is the last part of the address of its page, and a secret team must be made visible.',
    },
    'not-installed': {
      state: 'fault',
      when: 'the team is of an organization the app is not installed in',
      fix: `Install the app in {organization} as well, or name a team of another organization in {file}. ${installedElsewhere}`,
    },
    empty: {
      state: 'warning',
      when: 'a team has no members, so nobody has what policy gives it',
      fix: 'Add members at {page}/members, or take {team} out of {file}.',
    },
  },
  async run(scene) {
    if (!scene.github().configRepo) return [{ ok: 'of no concern without a config repository' }];
    const { teams: places } = await scene.goodPolicy();
    const named = new Map(places.map(({ team, origin }) => [team, origin.path]));
    const found = await Promise.all([...named].map(([team, file]) => lookAt(scene, team, file)));
    const wrong = found.filter((one) => one !== undefined);
    if (wrong.length > 0) return wrong;
    return [{ ok: named.size === 0 ? 'policy names no team' : `${[...named.keys()].join(', ')} can be read` }];
  },
});

async function lookAt(scene: Scene, team: string, file: string): Promise<Finding<Name> | undefined> {
  const [organization = '', slug = ''] = team.split('/');
  const installations = await scene.installations();
  const home = installations.find((one) => accountOf(one).toLowerCase() === organization);
  if (!home) {
    const says = `${team} cannot be read: the app is not installed in ${organization}`;
    return { outcome: 'not-installed', says, values: { organization, file } };
  }
  if (!home.permissions.members) throw new Error(`members: read is not granted by ${organization} (see permissions)`);
  const found = await (await scene.inspect()).team(organization, slug, home.id);
  if (!found) return { outcome: 'unreadable', says: `${team} cannot be read`, values: { team, file } };
  if (found.members !== 0) return undefined;
  return { outcome: 'empty', says: `${team} has no members`, values: { team, file, page: found.url } };
}
