import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { createEmulator } from 'emulate';
import { parse } from 'yaml';

/** A GitHub-compatible server that others wrote, with our app installed and people of every standing. */
export interface OtherServer extends AsyncDisposable {
  /** Without a trailing slash. */
  url: string;
  appId: number;
  /** PEM. */
  privateKey: string;
  webhookSecret: string;
  /** `boss` owns the organisation; `hana` triages, `ken` and `mika` maintain, `otto` only reads. */
  person(login: string): Octokit;
}

export const SOC = { owner: 'acme', repo: 'soc' };
export const CONFIG = { owner: 'acme', repo: 'soc-config' };

/** Collaborators from outside, because that server takes every member of an organisation for an administrator. */
const roles = { hana: 'triage', ken: 'maintain', mika: 'maintain', otto: 'pull' } as const;

const root = new URL('../../', import.meta.url).pathname;

/** Rights by role alone, so that it is the server that says who may. */
const response = `---
rights:
  analyst: { roles: [triage] }
  responder: { roles: [maintain] }
resources:
  - { id: edge, connector: blocklist, settings: { list: edge } }
responses:
  - id: block-address
    when: { kind: threat }
    entity: ip
    action: block
    resources: [edge]
    autonomy: approve
    duration: 24h
    max_duration: 30d
    because: Nothing is lost.
---
`;

/** Starts it on a free port of loopback; the app's webhooks go to `webhookUrl`. */
export async function otherServer(webhookUrl: string): Promise<OtherServer> {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const webhookSecret = 'a secret of the test alone';
  const manifest = parse(readFileSync(join(root, 'app.yml'), 'utf8')) as Record<string, unknown>;
  const people = ['boss', ...Object.keys(roles)];
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(people.map((login) => [`${login}-token`, { login, scopes: ['repo', 'user'] }])),
      github: {
        users: people.map((login) => ({ login })),
        orgs: [{ login: 'acme', members: [{ login: 'boss', role: 'admin' }] }],
        repos: [SOC, CONFIG].map(({ owner, repo }) => ({ owner, name: repo, private: true })),
        apps: [
          {
            app_id: 4711,
            slug: 'yagura',
            name: 'Yagura',
            private_key: privateKey,
            permissions: manifest.default_permissions,
            events: manifest.default_events,
            webhook_url: webhookUrl,
            webhook_secret: webhookSecret,
            installations: [{ installation_id: 815, account: 'acme', repository_selection: 'all' }],
          },
        ],
      },
    },
  });
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const person = (login: string) => new Octokit({ baseUrl: emulator.url, auth: `${login}-token`, log: quiet });
  await invite(person('boss'));
  // The example's policy names them, and its check fails where one cannot be read.
  for (const name of ['soc-analysts', 'soc-responders']) await person('boss').rest.teams.create({ org: 'acme', name });
  await firstPolicy(person('boss'));
  return {
    url: emulator.url,
    appId: 4711,
    privateKey,
    webhookSecret,
    person,
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

async function invite(boss: Octokit): Promise<void> {
  for (const place of [SOC, CONFIG])
    for (const [username, permission] of Object.entries(roles))
      await boss.request('PUT /repos/{owner}/{repo}/collaborators/{username}', { ...place, username, permission });
}

/** The example company as the first commit, with rights by role. */
async function firstPolicy(boss: Octokit): Promise<void> {
  const folder = join(root, 'examples/config-repo');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
  const files = paths.map((path) => ({ path, content: readFileSync(join(folder, path), 'utf8') }));
  const changed = files.map((file) => (file.path === 'policies/response.md' ? { ...file, content: response } : file));
  const head = (await boss.rest.git.getRef({ ...CONFIG, ref: 'heads/main' })).data.object.sha;
  const tree = await boss.rest.git.createTree({
    ...CONFIG,
    tree: changed.map((file) => ({ ...file, mode: '100644', type: 'blob' })),
  });
  const commit = await boss.rest.git.createCommit({
    ...CONFIG,
    message: 'Begin',
    tree: tree.data.sha,
    parents: [head],
  });
  await boss.rest.git.updateRef({ ...CONFIG, ref: 'heads/main', sha: commit.data.sha });
}
