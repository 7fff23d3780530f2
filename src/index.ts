import { type RunningApp, startApp } from './app.ts';
import { createClock, systemClock } from './clock.ts';
import { startDemoForge } from './demo/demo-forge.ts';
import { forgeClock } from './demo/forge-clock.ts';
import { demoGuide } from './demo/guide.ts';
import { sendExamples } from './demo/send-examples.ts';
import { sentenceOf } from './domain/error.ts';
import { maskSecrets } from './domain/secrets.ts';
import type { Environment } from './environment.ts';
import { createForge } from './github/forge.ts';
import type { GithubSettings } from './github/github-settings.ts';
import { removeDemoNamespace } from './respond/connectors/nftables/demo-namespace.ts';
import { investigatorProcess } from './run/investigator-process.ts';
import { readSettings, type Settings } from './settings.ts';
import { openStore } from './store/open-store.ts';
import { keepToken } from './token-file.ts';

export interface StartIo {
  /** Aborted when everything is to stop. */
  signal: AbortSignal;
  /** What a person who starts it reads. */
  say(line: string): void;
  /** What happened, for later. */
  log(line: string): void;
}

/** Settings → ports → app. Resolves when all of it has stopped. */
export async function start(env: Environment, given: StartIo): Promise<void> {
  const io = { ...given, log: (line: string) => given.log(maskSecrets(line)) };
  const settings = readSettings(env);
  const stops: (() => Promise<void>)[] = [];
  try {
    await run(settings, env, io, stops);
    await new Promise<void>((resolve) => {
      if (io.signal.aborted) resolve();
      io.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } catch (error) {
    if (!io.signal.aborted) throw error;
  } finally {
    if (io.signal.aborted) io.say('Stopping …');
    for (const stop of stops.reverse()) await stop();
  }
  io.say('Stopped.');
}

async function run(settings: Settings, env: Environment, io: StartIo, stops: (() => Promise<void>)[]): Promise<void> {
  const { signal, say } = io;
  const startedAt = Date.now();
  const demo = settings.github === undefined;
  const forge = demo ? await startDemoForge(settings, io) : undefined;
  if (forge) stops.push(forge.stop);
  signal.throwIfAborted();
  const github = settings.github ?? forge?.github;
  if (!github) throw new Error('neither settings for GitHub nor a demo');
  const clock = settings.timeScale === 1 ? systemClock : createClock(await forgeClock(github.apiUrl));
  const store = await openStore(settings, { signal, say, onGone: io.log });
  stops.push(store.close);
  signal.throwIfAborted();
  const tokens = {
    ingest: keepToken(settings.dataDir, 'ingest-token'),
    lists: keepToken(settings.dataDir, 'list-token'),
    masking: keepToken(settings.dataDir, 'masking-key'),
  };
  const app = await startApp({
    settings,
    github,
    store: store.store,
    forge: createForge({
      apiUrl: github.apiUrl,
      appId: github.appId,
      privateKey: github.privateKey,
      userAgent: 'yagura',
      now: () => clock.now(),
    }),
    clock,
    tokens: {
      ingest: settings.ingestToken ?? tokens.ingest.token,
      lists: settings.listToken ?? tokens.lists.token,
      masking: settings.maskingKey ?? tokens.masking.token,
    },
    demo,
    investigator: settings.model === undefined ? undefined : investigatorProcess(env),
    log: io.log,
  });
  if (demo) stops.push(() => removeDemoNamespace(settings.dataDir).catch((error) => io.log(sentenceOf(error))));
  stops.push(app.stop);
  await greet(settings, github, app, { ...io, startedAt, ingest: tokens.ingest, forge });
}

async function greet(
  settings: Settings,
  github: GithubSettings,
  app: RunningApp,
  more: StartIo & {
    startedAt: number;
    ingest: { token: string; made: boolean };
    forge: Awaited<ReturnType<typeof startDemoForge>> | undefined;
  },
): Promise<void> {
  const { say, forge, startedAt } = more;
  for (const [id, why] of app.unavailable) say(`Not available here: ${id}: ${why.en}`);
  if (forge) {
    forge.aimWebhooks(app.port);
    const sent = await sendExamples({
      appPort: app.port,
      token: settings.ingestToken ?? more.ingest.token,
      forge,
      signal: more.signal,
    });
    for (const line of demoGuide({
      forgeUrl: forge.url,
      appPort: app.port,
      sent,
      seconds: (Date.now() - startedAt) / 1000,
      dataDir: settings.dataDir,
      model: settings.model !== undefined,
    }))
      say(line);
    return;
  }
  say(`Yagura serves ${github.repo.owner}/${github.repo.name} on http://${settings.host}:${app.port}.`);
  if (more.ingest.made && settings.ingestToken === undefined)
    say(`Ingest token, shown this once and kept in ${settings.dataDir}/ingest-token: ${more.ingest.token}`);
  for (const { part, problem } of await app.readiness.problems()) say(`Not ready: ${part}: ${problem}`);
  for (const { part, note } of await app.untold()) say(`Nobody is told: ${part}: ${note}`);
  for (const { part, note } of await app.looks()) say(`About ${part}: ${note}`);
}
