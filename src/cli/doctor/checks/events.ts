import type { InspectedApp, InspectedInstallation } from '../../../github/inspect.ts';
import { defineCheck, type Finding } from '../check.ts';
import { readManifest } from '../manifest.ts';
import { accountOf, appSettingsPage } from '../places.ts';

type Name = 'not-subscribed' | 'alerts-not-subscribed';

/** What comments, policy and people's changes come by; the others bring GitHub's own alerts. */
const core = new Set(['issues', 'issue_comment', 'push', 'pull_request', 'check_run', 'check_suite', 'repository']);

export const events = defineCheck<Name>({
  name: 'events',
  part: 'app',
  looksAt: 'Whether the app is subscribed to every event of `app.yml`.',
  demo: 'the embedded forge sends what app.yml asks for',
  outcomes: {
    'not-subscribed': {
      state: 'fault',
      when: 'an event is missing that commands or policy come by',
      fix: 'Tick "{event}" under "Subscribe to events" at {page}/permissions and save.',
    },
    'alerts-not-subscribed': {
      state: 'warning',
      when: "an event is missing that only brings GitHub's own alerts of one kind",
      fix: 'Tick "{event}" under "Subscribe to events" at {page}/permissions, or leave it if these alerts are not wanted.',
    },
  },
  async run(scene) {
    const installations = (await scene.installations()).filter((one) => !one.suspended_at);
    const { app } = await scene.app();
    const wanted = readManifest().events;
    const found = installations.flatMap((one) => findingsOf(app, one, wanted));
    if (found.length > 0) return found;
    if (installations.length === 0) throw new Error('the app is installed nowhere (see installations)');
    return [{ ok: `all ${wanted.length} of app.yml are subscribed to` }];
  },
});

function findingsOf(
  app: InspectedApp,
  installation: InspectedInstallation,
  wanted: readonly string[],
): Finding<Name>[] {
  return wanted
    .filter((event) => !installation.events.includes(event))
    .map((event) => ({
      outcome: core.has(event) ? 'not-subscribed' : 'alerts-not-subscribed',
      says: `${accountOf(installation)}: ${event} is not sent`,
      values: { event: titleOf(event), page: appSettingsPage(app) },
    }));
}

/** `issue_comment` is "Issue comment" on GitHub's page. */
function titleOf(event: string): string {
  const words = event.replaceAll('_', ' ');
  return `${words[0]?.toUpperCase()}${words.slice(1)}`;
}
