import { knownPlugins } from './cli/known-plugins.ts';
import type { Command } from './commands/command.ts';
import { atMost } from './domain/policy.ts';
import type { IncomingRecord } from './domain/record.ts';
import type { GithubForge } from './github/forge.ts';
import type { GithubSettings } from './github/github-settings.ts';
import { createWebhookHandler } from './github/webhooks.ts';
import { createInbox } from './ingest/inbox.ts';
import { createHttpIngest, type IngestSource } from './ingest/inputs/http.ts';
import type { Tool } from './investigate/tool.ts';
import { pipelineStep } from './pipeline.ts';
import { loadPlugins } from './plugins.ts';
import { createPolicySource, type LivePolicySource } from './policy/source.ts';
import { type Clock, type Forge, ForgeError, type Store } from './ports.ts';
import type { Connector } from './respond/connector.ts';
import { createListHandler } from './respond/lists.ts';
import { commanderStep } from './run/commander.ts';
import { checkCommit, uncheckedHeads } from './run/config-checks.ts';
import { setUpConfig } from './run/config-setup.ts';
import { type DeliveryDeps, deliveryStep, reconcileIssue, reportRecord, storeDelivery } from './run/deliveries.ts';
import { executorStep } from './run/executor.ts';
import { healthHandlers } from './run/health.ts';
import { investigatorStep } from './run/investigator.ts';
import { type Loop, startLoop } from './run/loop.ts';
import { createOutbox } from './run/outbox.ts';
import { createOwnGround, protectOwn } from './run/own-ground.ts';
import { createPlace, heldForge, type Place } from './run/place.ts';
import { policyLoaded } from './run/policy-loaded.ts';
import { createReadiness, type Readiness } from './run/readiness.ts';
import { createResourcePool } from './run/resources.ts';
import { sweepStep } from './run/sweep.ts';
import { startServer } from './server.ts';
import type { Settings } from './settings.ts';
import type { Source } from './sources/source.ts';
import { tasksHolding } from './store/actions.ts';
import { createFacts } from './store/facts.ts';
import { writeRecords } from './store/raw-records.ts';

export interface AppDeps {
  settings: Settings;
  github: GithubSettings;
  store: Store;
  forge: GithubForge;
  clock: Clock;
  tokens: { ingest: string; lists: string };
  demo: boolean;
  log(sentence: string): void;
}

export interface RunningApp {
  port: number;
  policy: LivePolicySource;
  readiness: Readiness;
  /** By resource id, why it cannot be used here. */
  unavailable: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

/** How long each worker rests when nothing wakes it, in milliseconds. */
const rest = {
  pipeline: 1_000,
  deliveries: 1_000,
  commands: 1_000,
  investigator: 1_000,
  executor: 1_000,
  outbox: 1_000,
};
const sweepMs = 60_000;

/** Longest the forge adapter waits for an answer. */
const requestTimeoutMs = 15_000;

/** Puts the parts together and starts them: one server, one worker a stage, and the sweep. */
export async function startApp(deps: AppDeps): Promise<RunningApp> {
  const { settings, github, store, clock, log } = deps;
  const plugins = await loadAll();
  const known = await knownPlugins();
  const config = github.configRepo;
  const loops: Record<string, Loop> = {};
  const wake = (...names: string[]) => {
    for (const name of names) loops[name]?.wake();
  };
  const place = await createPlace({
    store,
    forge: deps.forge,
    repo: github.repo,
    configRepo: config,
    onHeld: () => wake(...Object.keys(loops)),
  });
  await holdOrGoOn(place, log);
  const forge: Forge = heldForge(deps.forge, place, () => readiness.publishingStopped());
  const inForce = createPolicySource({
    forge,
    repo: config ?? github.repo,
    store,
    known,
    clock,
    log: { info: log, warn: log },
  });
  const ground = createOwnGround(github.apiUrl);
  void ground.refresh();
  const policy = protectOwn(inForce, ground);
  if (config) await policy.refresh();
  const setUp = () => setUpConfig({ store, forge, clock, policy, configRepo: config, log });
  const readiness: Readiness = createReadiness({
    settings,
    forge,
    store,
    policy,
    repo: github.repo,
    configRepo: config,
  });
  await readiness.refresh();
  const actions = new Set([...plugins.connectors.values()].flatMap((c) => c.actions.map((a) => a.action)));
  const facts = createFacts(store);
  const resources = createResourcePool(
    plugins.connectors,
    {
      forge,
      repo: github.repo,
      clock,
      dataDir: settings.dataDir,
      hostFirewall: settings.hostFirewall,
      demo: deps.demo,
    },
    policy,
  );
  const outbox = createOutbox({
    store,
    forge,
    clock,
    policy,
    repo: github.repo,
    // The adapter's time-out runs by the machine's clock.
    arrivalMs: requestTimeoutMs * settings.timeScale,
    stopped: readiness.publishingStopped,
    log,
  });

  await resources.probe();
  let broughtUnder: string | undefined;
  const bringUnderPolicy = async (): Promise<void> => {
    const { commit } = policy.current();
    if (policy.state().is !== 'good' || commit === broughtUnder) return;
    await policyLoaded({ store, clock, policy });
    broughtUnder = commit;
    wake('investigator', 'executor');
  };
  await bringUnderPolicy();
  await applyAgain(store, policy, clock);
  const inbox = createInbox(
    (records) => writeRecords(store, clock.now(), records),
    () => wake('pipeline'),
  );
  const ingest = async (records: IncomingRecord[]): Promise<void> => {
    const stored = inbox.put(records);
    if (!stored) throw new Error('the inbox is full');
    await stored;
  };
  const eventIdOf = (source: string, record: unknown) => plugins.sources.get(source)?.eventId?.(record);
  const adoptIssue = async (number: number): Promise<boolean> => {
    const issue = await forge.issue(github.repo, number);
    if (issue.isPullRequest) return false;
    await ingest([reportRecord({ eventIdOf }, issue)]);
    return true;
  };
  const checks = new Set<string>();
  const common = { store, forge, clock, policy, repo: github.repo, log };
  const deliveries: DeliveryDeps = {
    ...common,
    ours: place.ours,
    ingest,
    eventIdOf,
    onConfigPush: () => wake('policy'),
    onPullRequest(headSha) {
      checks.add(headSha);
      wake('checks');
    },
    onVisibility() {
      readiness.visibilityChanged();
      wake('visibility');
    },
  };
  const steps = {
    pipeline: async () => {
      const n = await pipelineStep({ store, clock, policy, sources: plugins.sources });
      if (n > 0) wake('outbox', 'investigator');
      return n > 0;
    },
    deliveries: async () => {
      const more = await deliveryStep(deliveries);
      if (more) wake('commands', 'outbox', 'investigator');
      return more;
    },
    commands: async () => {
      const more = await commanderStep({
        ...common,
        commands: plugins.commands,
        actions,
        unavailable: resources.unavailable,
        adoptIssue,
      });
      if (more) wake('outbox', 'executor', 'investigator');
      return more;
    },
    investigator: async () => {
      const more = await investigatorStep({
        store,
        facts,
        clock,
        policy,
        tools: plugins.tools,
        actions,
        unavailable: resources.unavailable,
        log,
      });
      if (more) wake('outbox');
      return more;
    },
    executor: async () => {
      const more = await executorStep({ store, clock, policy, repo: github.repo, resources });
      if (more) wake('outbox');
      return more;
    },
    outbox: async () => {
      const result = await outbox.step();
      if (result.again) wake('investigator');
      return result;
    },
    policy: async () => {
      if (!config) {
        await setUp();
        return false;
      }
      const result = await policy.refresh();
      if (result !== 'unchanged') await resources.probe();
      await bringUnderPolicy();
      if (result !== 'unchanged') await republishAll(store, () => wake('outbox', 'investigator'));
      await setUp();
      return false;
    },
    visibility: async () => {
      void ground.refresh();
      await readiness.refresh();
      wake('outbox');
      // Not known is not private: asked again soon.
      return readiness.publishingStopped() === undefined ? false : { again: false, at: soon(clock, 5_000) };
    },
    checks: async () => {
      const [headSha] = checks;
      if (!config || headSha === undefined) return false;
      // Compared as written: what we add stands in no file.
      await checkCommit({ forge, repo: config, policy: inForce, known, log }, headSha);
      checks.delete(headSha);
      return true;
    },
    sweep: async () => {
      await sweepStep({ ...common, onIssue: (issue) => reconcileIssue(deliveries, issue) });
      if (config) for (const headSha of await uncheckedHeads({ forge, repo: config })) checks.add(headSha);
      wake('commands', 'deliveries', 'checks');
      return false;
    },
  };
  const idle: Record<string, number> = {
    ...rest,
    policy: sweepMs,
    visibility: sweepMs,
    checks: sweepMs,
    sweep: sweepMs,
  };
  const webhooks = createWebhookHandler({
    settings: github,
    async onDelivery(delivery) {
      await storeDelivery(store, delivery, clock.now());
      wake('deliveries');
    },
  });
  const server = await startServer(
    { host: settings.host, port: settings.port, log },
    {
      '/ingest': createHttpIngest({
        sources: plugins.sources as ReadonlyMap<string, IngestSource>,
        inbox,
        tokenFor: (source) => settings.ingestTokens.get(source) ?? deps.tokens.ingest,
      }),
      '/api/github/webhooks': webhooks,
      '/lists': createListHandler({
        policy,
        clock,
        token: deps.tokens.lists,
        holding: (resource) => tasksHolding(store, resource),
      }),
      ...healthHandlers(readiness, resources.unavailable),
    },
  );
  for (const [name, step] of Object.entries(steps))
    loops[name] = startLoop({
      name,
      clock,
      step,
      idleMs: idle[name] ?? sweepMs,
      log,
    });
  return {
    port: server.port,
    policy,
    readiness,
    unavailable: resources.unavailable,
    async stop() {
      await server.stop();
      await inbox.drain();
      await Promise.all(Object.values(loops).map((loop) => loop.stop()));
    },
  };
}

async function loadAll() {
  const folder = (path: string) => new URL(path, import.meta.url);
  const [sources, tools, connectors, commands] = await Promise.all([
    loadPlugins<Source>(folder('./sources/'), ['source']),
    loadPlugins<Tool>(folder('../tools/')),
    loadPlugins<Connector>(folder('./respond/connectors/')),
    loadPlugins<Command>(folder('./commands/slash/')),
  ]);
  return { sources, tools, connectors, commands };
}

function soon(clock: Clock, ms: number): Date {
  return new Date(clock.now().getTime() + ms);
}

/** A forge that is away keeps nobody from starting: alerts are taken, and the workers go on asking. */
async function holdOrGoOn(place: Place, log: (sentence: string) => void): Promise<void> {
  try {
    await place.hold();
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    log(`the forge is asked again in the background: ${error.message}`);
  }
}

/**
 * What was active when we stopped may be gone from a firewall that restarted meanwhile: each task is applied and
 * verified again, which changes nothing where it still holds.
 */
async function applyAgain(store: Store, policy: LivePolicySource, clock: Clock): Promise<void> {
  if (atMost(policy.current().mode, 'recommend')) return;
  await store.query(
    `update task set status = 'applying', due_at = $1 where status = 'active' and (expires_at is null or expires_at > $1)`,
    [clock.now()],
  );
}

/** Every open incident shows the policy in force. */
async function republishAll(store: Store, then: () => void): Promise<void> {
  await store.query(
    `update publication p set dirty = true, touched = touched + 1 from incident i
     where i.id = p.incident_id and p.kind = 'issue' and i.status = 'open'`,
  );
  then();
}
