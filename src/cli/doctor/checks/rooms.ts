import type { RepoRef } from '../../../ports/forge.ts';
import { defineCheck, type Finding } from '../check.ts';
import { accountOf, installedElsewhere } from '../places.ts';
import type { Scene } from '../scene.ts';

type Name = 'room-unseen' | 'room-is-default' | 'room-closed' | 'accepts-nobody';

export const rooms = defineCheck<Name>({
  name: 'rooms',
  part: 'policy',
  looksAt:
    'Whether the app sees every issue repository and every organization that `yagura.md` names below `rooms` and `accept`.',
  limit: 60,
  demo: 'its only issue repository is made with it',
  outcomes: {
    'room-unseen': {
      state: 'fault',
      when: 'the app is not installed on a room, so what belongs there waits',
      fix: `Install the app in {organization}, on {name}, or take it out of rooms in yagura.md. ${installedElsewhere}`,
    },
    'room-is-default': {
      state: 'fault',
      when: 'a room is YAGURA_REPO itself',
      fix: 'Take {name} out of rooms in yagura.md; a route names it default.',
    },
    'room-closed': {
      state: 'fault',
      when: 'a room is public, archived or has no issues, so nothing is written there',
      fix: 'Change that at {page}/settings.',
    },
    'accepts-nobody': {
      state: 'fault',
      when: 'the app is not installed where alerts are to come from',
      fix: `Install the app in {organization}, or take {name} out of accept in yagura.md. ${installedElsewhere}`,
    },
  },
  async run(scene) {
    const { configRepo } = scene.github();
    if (!configRepo) return [{ ok: 'of no concern without a config repository' }];
    const { rooms: listed, accept = [] } = await scene.goodPolicy();
    const found = await Promise.all([
      ...listed.map(({ key }) => lookAtRoom(scene, key)),
      ...accept.map((name) => lookAtAccepted(scene, name)),
    ]);
    const wrong = found.filter((one) => one !== undefined);
    if (wrong.length > 0) return wrong;
    const names = [...new Set([...listed.map(({ key }) => key), ...accept])];
    return [{ ok: names.length === 0 ? 'policy names none beside YAGURA_REPO' : `${names.join(', ')} can be seen` }];
  },
});

async function lookAtRoom(scene: Scene, name: string): Promise<Finding<Name> | undefined> {
  const ref = named(name);
  const { repo } = scene.github();
  if (name === `${repo.owner}/${repo.name}`.toLowerCase())
    return { outcome: 'room-is-default', says: `${name} is YAGURA_REPO and a room as well`, values: { name } };
  if (!(await scene.installationOn(ref)))
    return { outcome: 'room-unseen', says: `the app does not see ${name}`, values: { organization: ref.owner, name } };
  const room = await scene.repository(ref);
  const why = [
    ...(room.private || scene.settings().allowPublic ? [] : ['public']),
    ...(room.archived ? ['archived'] : []),
    ...(room.has_issues ? [] : ['without issues']),
  ];
  if (why.length === 0) return undefined;
  return { outcome: 'room-closed', says: `${name} is ${why.join(' and ')}`, values: { page: room.html_url } };
}

async function lookAtAccepted(scene: Scene, name: string): Promise<Finding<Name> | undefined> {
  const [organization = ''] = name.split('/');
  const seen = name.includes('/')
    ? (await scene.installationOn(named(name))) !== undefined
    : (await scene.installations()).some((one) => accountOf(one).toLowerCase() === name);
  if (seen) return undefined;
  return { outcome: 'accepts-nobody', says: `the app is not installed in ${name}`, values: { organization, name } };
}

function named(key: string): RepoRef {
  const [owner = '', name = ''] = key.split('/');
  return { owner, name };
}
