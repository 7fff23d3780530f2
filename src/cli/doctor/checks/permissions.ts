import type { InspectedApp, InspectedInstallation } from '../../../github/inspect.ts';
import { defineCheck, type Finding } from '../check.ts';
import { readManifest } from '../manifest.ts';
import { accountOf, appSettingsPage, levelTitle, permissionTitle } from '../places.ts';

type Name = 'not-asked' | 'not-granted' | 'alerts-not-granted' | 'more-than-needed';
type Grants = Readonly<Record<string, string>>;

/** Without one of these the main job suffers; without the others only GitHub's own alerts of that kind stay away. */
const core = new Set(['metadata', 'issues', 'contents', 'checks', 'pull_requests', 'members']);

export const permissions = defineCheck<Name>({
  name: 'permissions',
  part: 'app',
  looksAt: 'Whether every permission of `app.yml` was asked for by the app and granted by each organization.',
  demo: 'the embedded forge grants what app.yml asks for',
  outcomes: {
    'not-asked': {
      state: 'fault',
      when: 'the app itself lacks a permission',
      fix: 'Set {permission} to {level} at {page}/permissions, save, and have an owner accept it in each organization.',
    },
    'not-granted': {
      state: 'fault',
      when: 'an organization has not granted a permission the app asks for',
      fix: 'An owner of {account} opens {page} and accepts the new permissions ("Review request").',
    },
    'alerts-not-granted': {
      state: 'warning',
      when: "a permission is missing that only brings GitHub's own alerts of one kind",
      fix: 'Set {permission} to {level} at {page}/permissions and have it accepted, or leave it if these alerts are not wanted.',
    },
    'more-than-needed': {
      state: 'warning',
      when: 'an organization granted more than `app.yml` asks for',
      fix: 'Take {permission} back at {page}/permissions: Yagura has no use for it.',
    },
  },
  async run(scene) {
    const installations = (await scene.installations()).filter((one) => !one.suspended_at);
    const { app } = await scene.app();
    const wanted = readManifest().permissions;
    const found = installations.flatMap((one) => findingsOf(app, one, wanted));
    if (found.length > 0) return found;
    if (installations.length === 0) throw new Error('the app is installed nowhere (see installations)');
    const count = Object.keys(wanted).length;
    return [{ ok: `all ${count} of app.yml are granted by ${installations.map(accountOf).join(', ')}` }];
  },
});

function findingsOf(app: InspectedApp, installation: InspectedInstallation, wanted: Grants): Finding<Name>[] {
  const account = accountOf(installation);
  const settings = appSettingsPage(app);
  const missing = Object.entries(wanted).filter(([name, level]) => !covers(installation.permissions[name], level));
  const lacks = missing.map(([name, level]): Finding<Name> => {
    const values = { permission: permissionTitle(name), level: levelTitle(level), account };
    const says = `${account}: ${name}: ${level} is not granted`;
    if (!core.has(name)) return { outcome: 'alerts-not-granted', says, values: { ...values, page: settings } };
    return covers(app.permissions[name], level)
      ? { outcome: 'not-granted', says, values: { ...values, page: installation.html_url } }
      : { outcome: 'not-asked', says: `${says}, nor asked for by the app`, values: { ...values, page: settings } };
  });
  const extra = Object.entries(installation.permissions).filter(([name, level]) => !covers(wanted[name], level));
  const more = extra.map(([name, level]): Finding<Name> => {
    const values = { permission: permissionTitle(name), page: settings };
    return { outcome: 'more-than-needed', says: `${account}: ${name}: ${level} is granted and not needed`, values };
  });
  return [...lacks, ...more];
}

function covers(granted: string | undefined, level: string): boolean {
  return granted === level || granted === 'write' || granted === 'admin';
}
