import { type RunningApp, startApp } from '../../src/app.ts';
import type { Store } from '../../src/ports/store.ts';
import { readSettings } from '../../src/settings.ts';
import { createStore } from '../../src/store/store.ts';
import { type AdapterInTest, adapterInTest } from '../github/adapter-in-test.ts';
import { scratch } from '../scratch.ts';
import { testDatabase } from '../store/postgres.ts';
import { standingClock } from './standing-clock.ts';

export interface AppInTest extends AsyncDisposable {
  a: AdapterInTest;
  app: RunningApp;
  now(): Date;
  log: string[];
  /** Time goes by, and all of the app's loops with it. */
  pass(seconds: number): Promise<void>;
  /** An alert of any product comes in over HTTP. */
  post(alert: object): Promise<void>;
  rows<Row>(text: string): Promise<Row[]>;
}

/** The whole app with a real database and a real forge, without webhooks, at a time that the test moves. `more` settings; `before` it starts. */
export async function appInTest(
  from: Date,
  configFolder: string,
  more: Record<string, string> = {},
  before: (store: Store, a: AdapterInTest) => Promise<void> = async () => undefined,
): Promise<AppInTest> {
  const a = await adapterInTest({ configFolder });
  const clock = standingClock(from);
  Object.assign(a.t.forge.state.clock, {
    now: () => clock.now().getTime(),
    stamp: () => `${clock.now().toISOString().slice(0, 19)}Z`,
  });
  const database = await testDatabase();
  const settings = readSettings({
    APP_ID: String(a.t.seeded.appId),
    PRIVATE_KEY: a.t.seeded.privateKey,
    GITHUB_API_URL: a.t.forge.apiUrl,
    ...{ YAGURA_WEBHOOKS: 'off', YAGURA_REPO: 'acme/soc', YAGURA_CONFIG_REPO: 'acme/soc-config' },
    ...{ PORT: '0', YAGURA_DATA_DIR: scratch('app') },
    ...more,
  });
  if (!settings.github) throw new Error('The settings are those of the demo.');
  const log: string[] = [];
  const tokens = { ingest: 'ingest-token-of-the-test', lists: 'list-token-of-the-test', masking: 'm'.repeat(32) };
  const store = createStore(database.pool);
  await before(store, a);
  const { github } = settings;
  const app = await startApp({
    ...{ settings, github, store, clock, tokens, demo: false, investigator: undefined },
    forge: a.github,
    log: (line) => void log.push(line),
  });
  return {
    ...{ a, app, log, now: clock.now },
    pass: (seconds) => clock.pass(seconds, app.loops.length),
    async post(alert) {
      const answer = await fetch(`http://127.0.0.1:${app.port}/ingest/generic`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens.ingest}`, 'content-type': 'application/json' },
        body: JSON.stringify(alert),
      });
      if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
    },
    rows: async <Row>(text: string) => (await store.query<Row>(text)).rows,
    async [Symbol.asyncDispose]() {
      await app.stop();
      await a[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}
