import { ForgeError } from '../../../ports/forge.ts';
import { defineCheck, type Finding } from '../check.ts';
import type { Scene } from '../scene.ts';

type Name = 'wrong-key' | 'unknown-app' | 'no-answer' | 'demo-stopped';

export const appIdentity = defineCheck<Name>({
  name: 'app-identity',
  part: 'app',
  looksAt: 'Whether GitHub answers, and knows the app of `APP_ID` by the private key.',
  outcomes: {
    'wrong-key': {
      state: 'fault',
      when: 'GitHub refuses what the key signed for that app',
      fix: "Make a new private key on the app's settings page, point PRIVATE_KEY_PATH to it, and compare APP_ID with the number shown there.",
    },
    'unknown-app': {
      state: 'fault',
      when: 'the server knows no app of that number',
      fix: "Set APP_ID to the number on the app's settings page, and GITHUB_API_URL to the server it was made on.",
    },
    'no-answer': {
      state: 'fault',
      when: 'the server cannot be reached or fails',
      fix: 'See whether {host} can be reached from this machine (name, proxy, firewall outward) and whether GITHUB_API_URL is right.',
    },
    'demo-stopped': {
      state: 'warning',
      when: "the demo's own forge does not run",
      fix: 'Start the demo with npm start and leave it running, or set YAGURA_FORGE_PORT here as it was set there.',
    },
  },
  async run(scene) {
    const { github, forgePort } = scene.settings();
    if (!github) return [await demoForge(forgePort)];
    try {
      const { app } = await scene.app();
      const of = app.owner ? ` of ${app.owner.login}` : '';
      return [{ ok: `the key is that of app ${app.id}, ${app.slug}${of}` }];
    } catch (error) {
      return [refusal(scene, error)];
    }
  },
});

function refusal(scene: Scene, error: unknown): Finding<Name> {
  if (!(error instanceof ForgeError)) throw error;
  const { appId, apiUrl } = scene.github();
  const { host } = new URL(apiUrl);
  switch (error.reason) {
    case 'unauthorized':
    case 'forbidden':
      return {
        outcome: 'wrong-key',
        says: `${host} does not accept this private key for app ${appId}: ${error.message}`,
      };
    case 'not-found':
      return { outcome: 'unknown-app', says: `${host} knows no app ${appId}: ${error.message}` };
    default:
      return { outcome: 'no-answer', says: error.message, values: { host } };
  }
}

async function demoForge(port: number): Promise<Finding<Name>> {
  const url = `http://localhost:${port}`;
  const answer = await fetch(`${url}/_admin/clock`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  return answer?.headers.get('x-yagura-forge') === '1'
    ? { ok: `no app is needed in the demo: the embedded forge runs on ${url}` }
    : { outcome: 'demo-stopped', says: `the embedded forge does not run on ${url}` };
}
