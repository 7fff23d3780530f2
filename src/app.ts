import { knownPlugins } from './cli/known-plugins.ts';
import type { Command } from './commands/command.ts';
import type { EveryLanguage } from './domain/locale.ts';
import { createMasking } from './domain/masking.ts';
import type { Tier } from './domain/model.ts';
import type { IncomingRecord } from './domain/record.ts';
import type { IssueRef } from './domain/room.ts';
import type { GithubForge } from './github/forge.ts';
import type { GithubSettings } from './github/github-settings.ts';
import { repositoryUrl } from './github/web-url.ts';
import { createWebhookHandler } from './github/webhooks.ts';
import { createInbox } from './ingest/inbox.ts';
import { createHttpIngest, type IngestSource } from './ingest/inputs/http.ts';
import type { Investigator } from './investigate/agent/order.ts';
import type { Tool } from './investigate/tool.ts';
import type { Channel } from './notify/channel.ts';
import { loadPlugins } from './plugins.ts';
import { createPolicySource, type LivePolicySource } from './policy/source.ts';
import type { Clock } from './ports/clock.ts';
import type { Facts } from './ports/facts.ts';
import { type Forge, ForgeError } from './ports/forge.ts';
import type { Store } from './ports/store.ts';
import type { Connector } from './respond/connector.ts';
import { createListHandler } from './respond/lists.ts';
import { createAdopter } from './run/adopt-by-policy.ts';
import { type Agents, createAgents } from './run/agents.ts';
import { applyAgain } from './run/apply-again.ts';
import { type DeliveryDeps, reportRecord, storeDelivery } from './run/deliveries.ts';
import { createDetections } from './run/detections.ts';
import { createPolicyFollower } from './run/follow-policy.ts';
import { healthHandlers } from './run/health.ts';
import { lookNotes } from './run/look-notes.ts';
import { type Loop, startLoop } from './run/loop.ts';
import { loopTable } from './run/loop-table.ts';
import { notificationNotes } from './run/notification-notes.ts';
import { createNotifier } from './run/notifier.ts';
import { createNotifyChannels } from './run/notify-channels.ts';
import { createOpenRooms } from './run/open-rooms.ts';
import { createOutbox } from './run/outbox.ts';
import { createOwnGround, protectOwn } from './run/own-ground.ts';
import { createPlace, followInForce, heldForge, type Place } from './run/place.ts';
import { loadPrompts } from './run/prompts.ts';
import { queueNotes } from './run/queue-notes.ts';
import { createReadiness, type Readiness } from './run/readiness.ts';
import { createResourcePool } from './run/resources.ts';
import { roomNamed, roomRepository } from './run/room-repository.ts';
import { createWaitingRecords } from './run/waiting-records.ts';
import { startServer } from './server.ts';
import type { Settings } from './settings.ts';
import type { Source } from './sources/source.ts';
import { tasksHolding } from './store/actions.ts';
import { createFacts } from './store/facts.ts';

export interface AppDeps {
  settings: Settings;
  github: GithubSettings;
  store: Store;
  forge: GithubForge;
  clock: Clock;
  /** `masking`: the key of pseudonyms and of identities of what was masked. */
  tokens: { ingest: string; lists: string; masking: string };
  demo: boolean;
  /** Runs the model; undefined when none is set. */
  investigator: Investigator | undefined;
  log(sentence: string): void;
}

export interface RunningApp {
  port: number;
  policy: LivePolicySource;
  readiness: Readiness;
  /** By resource id, why it cannot be used here. */
  unavailable: ReadonlyMap<string, EveryLanguage>;
  /** Whom nobody tells, and why. */
  untold(): Promise<{ part: string; note: string }[]>;
  /** How GitHub is asked where webhooks do not come, and which of its alerts are not seen. */
  looks(): Promise<{ part: string; note: string }[]>;
  /** Names of the loops that turn. */
  loops: readonly string[];
  stop(): Promise<void>;
}

/** How long nobody looks for a run of the model when nothing tells of one, in milliseconds. */
const agentsRestMs = 1_000;

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
  const forge: Forge = heldForge(deps.forge, place, (repo) => readiness.publishingStopped(repo && roomNamed(repo)));
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
  await followInForce(place, policy);
  const readiness: Readiness = createReadiness({
    ...{ settings, forge, store, policy, place, log },
    repo: github.repo,
    configRepo: config,
  });
  await readiness.refresh();
  const rooms = createOpenRooms({ place, readiness, forge, clock, repo: github.repo, log });
  const actions = new Set([...plugins.connectors.values()].flatMap((c) => c.actions.map((a) => a.action)));
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
    rooms,
    shownIn: resources.shownIn,
    // The adapter's time-out runs by the machine's clock.
    arrivalMs: requestTimeoutMs * settings.timeScale,
    stopped: () => readiness.publishingStopped() ?? policy.held(),
    log,
  });

  const channels = createNotifyChannels(plugins.channels, settings.notifySecrets, policy);
  const follow = createPolicyFollower({ store, clock, policy, resources });
  await follow();
  await applyAgain(store, policy, clock);
  const masking = createMasking(deps.tokens.masking, () => policy.current().privacy);
  const waiting = createWaitingRecords({ store, clock, policy, masking });
  const inbox = createInbox(waiting.write, () => wake('pipeline'));
  const ingest = async (records: IncomingRecord[]): Promise<void> => {
    const stored = inbox.put(records);
    if (!stored) throw new Error('the inbox is full');
    await stored;
  };
  const eventIdOf = (source: string, record: unknown) => plugins.sources.get(source)?.eventId?.(record);
  const adoptIssue = async (adopted: IssueRef): Promise<boolean> => {
    const issue = await forge.issue(roomRepository(adopted.room, github.repo), adopted.issue);
    if (issue.isPullRequest) return false;
    await ingest([reportRecord({ eventIdOf }, issue, adopted.room)]);
    return true;
  };
  const checks = new Set<string>();
  const common = { store, forge, clock, policy, repo: github.repo, rooms, log };
  const deliveries: DeliveryDeps = {
    ...common,
    masking,
    ours: place.ours,
    ingest,
    eventIdOf,
    onConfigPush: () => wake('policy'),
    onPullRequest(headSha) {
      checks.add(headSha);
      wake('checks');
    },
    onAdvisory: () => wake('advisories'),
    onVisibility() {
      readiness.visibilityChanged();
      wake('visibility');
    },
    onInstallation() {
      place.askAgain();
      wake('visibility', 'alerts');
    },
  };
  const facts = createFacts(store, { policy, repo: github.repo });
  const table = loopTable({
    ...common,
    place,
    configRepo: config,
    plugins,
    known,
    detections: createDetections(log),
    actions,
    facts,
    model: deps.investigator !== undefined,
    resources,
    waiting,
    outbox,
    notifier: createNotifier({
      ...{ store, clock, policy, channels, log },
      place: { repository: `${github.repo.owner}/${github.repo.name}`, url: repositoryUrl(github.apiUrl, github.repo) },
    }),
    readiness,
    ground,
    inForce,
    follow,
    adopt: createAdopter({ store, clock, policy }),
    deliveries,
    supplyChain: deps.forge.supplyChain,
    webhooks: github.webhooks,
    adoptIssue,
    checks,
    wake,
  });
  const agents = agentsOf(deps, { policy, facts, tools: plugins.tools }, () => wake('outbox', 'agents'));
  const webhooks = createWebhookHandler({
    settings: github,
    async onDelivery(delivery) {
      await storeDelivery({ store, masking }, delivery, clock.now());
      wake('deliveries');
    },
  });
  const untold = () => notificationNotes({ store, clock, channels });
  const queues = () => queueNotes({ store, repo: github.repo, policy });
  const looks = () => lookNotes({ store, clock, forge: deps.forge, expected: github.webhooks, ours: place.ours });
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
      ...healthHandlers(readiness, resources.unavailable, async () =>
        (await Promise.all([untold(), looks(), queues()])).flat(),
      ),
    },
  );
  if (agents) table.agents = { idleMs: agentsRestMs, step: agents.step };
  for (const [name, row] of Object.entries(table)) loops[name] = startLoop({ name, clock, log, ...row });
  return {
    port: server.port,
    policy,
    readiness,
    unavailable: resources.unavailable,
    untold,
    looks,
    loops: Object.keys(loops),
    async stop() {
      await server.stop();
      await inbox.drain();
      await agents?.stop();
      await Promise.all(Object.values(loops).map((loop) => loop.stop()));
    },
  };
}

/** Who takes up the runs of the model; undefined when none is set. */
function agentsOf(
  { settings, store, clock, investigator, log }: AppDeps,
  parts: { policy: LivePolicySource; facts: Facts; tools: ReadonlyMap<string, Tool> },
  onEnd: () => void,
): Agents | undefined {
  const { model } = settings;
  if (!investigator || !model) return undefined;
  const prompts = loadPrompts(new URL('../prompts/', import.meta.url));
  const price = (tier: Tier) => (model.scripted ? { input: 0, output: 0 } : model.tiers[tier].price);
  const escalates = !model.scripted && model.tiers.escalate.model !== model.tiers.investigate.model;
  return createAgents({ ...parts, store, clock, investigator, prompts, price, escalates, onEnd, log });
}

async function loadAll() {
  const folder = (path: string) => new URL(path, import.meta.url);
  const [sources, tools, connectors, commands, channels] = await Promise.all([
    loadPlugins<Source>(folder('./sources/'), ['source']),
    loadPlugins<Tool>(folder('../tools/')),
    loadPlugins<Connector>(folder('./respond/connectors/')),
    loadPlugins<Command>(folder('./commands/slash/')),
    loadPlugins<Channel>(folder('./notify/channels/')),
  ]);
  return { sources, tools, connectors, commands, channels };
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
