import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import type { Line } from '../../../src/cli/doctor/line.ts';
import { main } from '../../../src/cli/main.ts';
import { seedForge } from '../../../src/forge/seed.ts';
import type { Installation, Repository } from '../../../src/forge/state/entities.ts';
import { createWebhookHandler } from '../../../src/github/webhooks.ts';
import { saveGood } from '../../../src/policy/policy-store.ts';
import { createStore } from '../../../src/store/store.ts';
import { CONFIG, type ForgeInTest, forgeInTest, SOC } from '../../forge/running-forge.ts';
import { scratch } from '../../scratch.ts';
import { type TestDatabase, testDatabase } from '../../store/postgres.ts';

/** A `policies/response.md` whose responders are one team. */
export function responders(team: string): string {
  return `---\nrights:\n  responder:\n    teams: [${team}]\n  analyst:\n    roles: [triage]\n---\n\nWho may do what.\n`;
}

/** The lines of `yagura doctor --json`. */
export function linesOf(text: string): Line[] {
  const lines = text.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Line);
}

/** Runs `yagura` here, in an empty folder. */
export async function yaguraWith(args: string[], env: Record<string, string>) {
  const told = { stdout: '', stderr: '' };
  const into = (name: keyof typeof told) =>
    new Writable({
      write(chunk, _, done) {
        told[name] += String(chunk);
        done();
      },
    });
  const io = { stdin: Readable.from([]), stdout: into('stdout'), stderr: into('stderr') };
  const code = await main(args, { ...io, env, cwd: scratch('cwd') });
  return { code, ...told };
}

/**
 * A Yagura's surroundings in which nothing is wrong: a real forge with its app installed, a real receiver of webhooks, a
 * real database with records. What a test plants in it is taken out again by `mend`.
 */
export class SetUp {
  readonly forge: ForgeInTest;
  readonly database: TestDatabase;
  /** What the receiver of webhooks holds to be the secret. */
  secret: string;
  readonly #server: Server;
  readonly #mend: (() => unknown)[] = [];

  private constructor(forge: ForgeInTest, database: TestDatabase) {
    this.forge = forge;
    this.database = database;
    this.secret = forge.seeded.webhookSecret;
    this.#server = createServer((request, response) => {
      const { apiUrl } = forge.forge;
      const settings = { ...forge.seeded, apiUrl, webhookSecrets: [this.secret] as [string] };
      void createWebhookHandler({ settings, onDelivery: async () => undefined })(request, response);
    });
  }

  static async make(): Promise<SetUp> {
    const configFolder = scratch('config');
    mkdirSync(join(configFolder, 'policies'));
    writeFileSync(join(configFolder, 'yagura.md'), '---\norganization: Acme\nmode: observe\n---\n\nA small company.\n');
    writeFileSync(join(configFolder, 'policies/response.md'), responders('acme/soc-responders'));
    writeFileSync(join(configFolder, 'policies/notifications.md'), '---\nchannels: []\n---\n');
    const made = new SetUp(await forgeInTest({ configFolder }), await testDatabase());
    await new Promise<void>((listening) => made.#server.listen(0, '127.0.0.1', listening));
    made.aim(made.webhookUrl);
    made.requireApprovals(1);
    await made.deliverSomething();
    const { data } = await made.forge.app.rest.git.getRef({ ...CONFIG, ref: 'heads/main' });
    await made.#putInForce(data.object.sha);
    await made.records('falco', 6, '20 hours', '0 days');
    made.#mend.length = 0;
    return made;
  }

  get env(): Record<string, string> {
    const { seeded, forge } = this.forge;
    return {
      APP_ID: String(seeded.appId),
      PRIVATE_KEY: seeded.privateKey,
      WEBHOOK_SECRET: seeded.webhookSecret,
      YAGURA_REPO: 'acme/soc',
      YAGURA_CONFIG_REPO: 'acme/soc-config',
      GITHUB_API_URL: forge.apiUrl,
      DATABASE_URL: this.database.url,
    };
  }

  get webhookUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/github/webhooks`;
  }

  async doctor(env: Record<string, string> = {}) {
    const said = await yaguraWith(['doctor', '--json'], { ...this.env, ...env });
    return { ...said, lines: linesOf(said.stdout) };
  }

  /** Where the app's webhooks go. */
  aim(url: string | null): void {
    seedForge(this.forge.forge.state, { dataDir: this.forge.dataDir, webhookUrl: url });
    if (url !== this.webhookUrl) this.#mend.push(() => this.aim(this.webhookUrl));
  }

  /** A person opens an issue, and the webhook of it is sent; it is forgotten afterwards. */
  async deliverSomething(): Promise<void> {
    const { courier, state } = this.forge.forge;
    const before = new Set(state.store.all('delivery').map((one) => one.id));
    await this.forge.person('ken').rest.issues.create({ ...SOC, title: 'A question' });
    await courier.idle();
    const sent = state.store.all('delivery').filter((one) => !before.has(one.id));
    this.#mend.push(() => sent.map((one) => state.store.remove('delivery', one.id)));
  }

  /** What a change of the config repository takes: approvals by ruleset (null: no rule), the older protection. */
  requireApprovals(reviews: number | null, classic: { reviews: number | null } | null = null): void {
    const { state } = this.forge.forge;
    const repoId = this.forge.seeded.repositoryIds.socConfig;
    const before = state.store.get('branchRule', `${repoId}:main`);
    state.store.put('branchRule', { repoId, branch: 'main', reviews, classic });
    if (before) this.#mend.push(() => state.store.put('branchRule', before));
  }

  changeInstallation(change: (before: Installation) => Partial<Installation>): void {
    const { store } = this.forge.forge.state;
    const before = store.get('installation', this.forge.seeded.installationId);
    if (!before) throw new Error('There is no installation.');
    store.put('installation', { ...before, ...change(before) });
    this.#mend.push(() => store.put('installation', before));
  }

  changeIssueRepository(change: Partial<Repository>): void {
    const { store } = this.forge.forge.state;
    const before = store.get('repository', this.forge.seeded.repositoryIds.soc);
    if (!before) throw new Error('There is no issue repository.');
    store.put('repository', { ...before, ...change });
    this.#mend.push(() => store.put('repository', before));
  }

  /** Another text of a file that is there on the default branch, taken by the Yagura that runs. */
  async changePolicy(text: string, path = 'policies/response.md'): Promise<void> {
    const { repos } = this.forge.person('ken').rest;
    const at = { ...CONFIG, path, message: 'Change policy' };
    const { data } = await repos.getContent(at);
    if (!('content' in data) || Array.isArray(data)) throw new Error('There is no policy.');
    const before = Buffer.from(data.content, 'base64').toString();
    const content = Buffer.from(text).toString('base64');
    const made = await repos.createOrUpdateFileContents({ ...at, content, sha: data.sha });
    await this.forge.forge.courier.idle();
    await this.#putInForce(made.data.commit.sha ?? '');
    this.#mend.push(() => this.changePolicy(before, path));
  }

  /** Records of a source: `count` of them `every` so often, the newest `ago`. */
  async records(source: string, count: number, every: string, ago: string): Promise<void> {
    await this.database.pool.query(
      `insert into raw_record (source, content, content_hash, identity, received_at)
       select $1, '', 'hash', $1 || n, now() - $4::interval - n * $3::interval from generate_series(0, $2 - 1) n`,
      [source, count, every, ago],
    );
    this.#mend.push(() => this.database.pool.query('delete from raw_record where source = $1', [source]));
  }

  /** A message to a channel that did not arrive. */
  async undelivered(channel: string, detail: string): Promise<void> {
    const { pool } = this.database;
    await pool.query(
      `with made as (
         insert into incident (kind, title, severity, opened_at, first_seen, last_seen)
         values ('threat', 'A threat', 'high', now(), now(), now()) returning id
       ) insert into notification (channel, incident_id, event, severity, state, due_at, detail, created_at, ended_at)
         select $1, id, 'opened', 'high', 'gave-up', now(), $2, now(), now() from made`,
      [channel, detail],
    );
    this.#mend.push(() => pool.query('delete from notification'));
  }

  /** The queue has an issue that GitHub did not pin. */
  async notPinned(issue: number, refused: string): Promise<void> {
    const { pool } = this.database;
    const pin = { at: new Date().toISOString(), refused };
    await pool.query(
      `insert into publication (key, kind, priority, created_at, remote_id, sent) values ('queue', 'queue', 0, now(), $1, $2)`,
      [issue, JSON.stringify({ title: '', labels: [], state: 'open', pin })],
    );
    this.#mend.push(() => pool.query('delete from publication'));
  }

  /** Yagura wrote an issue, and its webhook did not come. */
  async unheard(): Promise<void> {
    await this.database.pool.query(`insert into creation (at) values (now() - interval '5 minutes')`);
    this.#mend.push(() => this.database.pool.query('delete from creation'));
  }

  /** Takes out what was planted since the last time. */
  async mend(): Promise<void> {
    this.secret = this.forge.seeded.webhookSecret;
    for (const one of this.#mend.splice(0).reverse()) await one();
    this.#mend.length = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.forge[Symbol.asyncDispose]();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
    await this.database[Symbol.asyncDispose]();
  }

  async #putInForce(commit: string): Promise<void> {
    await saveGood(createStore(this.database.pool), 'acme/soc-config', { commit, files: [] }, new Date());
  }
}
