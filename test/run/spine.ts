import type { Command } from '../../src/commands/command.ts';
import { createMasking } from '../../src/domain/masking.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { IncomingRecord } from '../../src/domain/record.ts';
import type { IssueRef } from '../../src/domain/room.ts';
import type { Accepted, HeldRoom } from '../../src/github/admit.ts';
import { readEnvelope } from '../../src/github/delivery.ts';
import type { Investigator } from '../../src/investigate/agent/order.ts';
import { runOrder } from '../../src/investigate/agent/run-order.ts';
import type { Tool } from '../../src/investigate/tool.ts';
import { loadPlugins } from '../../src/plugins.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { type Forge, ForgeError, type RepoRef } from '../../src/ports/forge.ts';
import type { Model } from '../../src/ports/model.ts';
import type { PolicySource } from '../../src/ports/policy-source.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Connector } from '../../src/respond/connector.ts';
import { createAgents } from '../../src/run/agents.ts';
import { alertLookStep } from '../../src/run/alert-look.ts';
import { approvalsStep } from '../../src/run/approvals.ts';
import { callLaterStep } from '../../src/run/call-later.ts';
import { commanderStep } from '../../src/run/commander.ts';
import {
  type DeliveryDeps,
  deliveryStep,
  reconcileIssue,
  reportRecord,
  storeDelivery,
} from '../../src/run/deliveries.ts';
import { executorStep } from '../../src/run/executor.ts';
import { investigatorStep } from '../../src/run/investigator.ts';
import { lookNotes } from '../../src/run/look-notes.ts';
import { onCallStep } from '../../src/run/on-call.ts';
import { createOpenRooms } from '../../src/run/open-rooms.ts';
import { createOutbox, type Outbox } from '../../src/run/outbox.ts';
import { loadPrompts } from '../../src/run/prompts.ts';
import { quickLookStep } from '../../src/run/quick-look.ts';
import { createResourcePool } from '../../src/run/resources.ts';
import { roomRepository } from '../../src/run/room-repository.ts';
import { shiftChangeStep } from '../../src/run/shift-change.ts';
import { sweepStep } from '../../src/run/sweep.ts';
import { github } from '../../src/sources/github.ts';
import { createFacts } from '../../src/store/facts.ts';
import { writeRecords } from '../../src/store/raw-records.ts';
import { policyOf } from '../commands/incident-in-test.ts';
import { hookReceiver, type ReceivedHook } from '../forge/hook-receiver.ts';
import { type AdapterInTest, adapterInTest, soc } from '../github/adapter-in-test.ts';
import { type RunningPipeline, runningPipeline } from '../running-pipeline.ts';

const commands = await loadPlugins<Command>(new URL('../../src/commands/slash/', import.meta.url));
const tools = await loadPlugins<Tool>(new URL('../../tools/', import.meta.url));
const connectors = await loadPlugins<Connector>(new URL('../../src/respond/connectors/', import.meta.url));

/** The investigator without a process of its own: the same loop, with a model of the test's. */
function inProcess(model: Model): Investigator {
  return { run: (order, host, signal) => runOrder(order, model, host, signal), stop: async () => undefined };
}

/** What every worker is given. */
export interface WorkerDeps {
  store: Store;
  clock: Clock;
  policy: PolicySource;
  forge: Forge;
  repo: RepoRef;
}

/** All workers over a real database, a real forge and the real adapter, on one clock that the test moves. */
export interface Spine extends AsyncDisposable {
  a: AdapterInTest;
  pipeline: RunningPipeline;
  store: Store;
  /** For a worker of the test's own. */
  deps: WorkerDeps;
  policy: Policy;
  outbox: Outbox;
  log: string[];
  /** Why nothing may be published; unset: it may. */
  stopped: string | undefined;
  banner: string | undefined;
  /** Issue repositories beside `acme/soc`, as the app would hold them. */
  rooms: HeldRoom[];
  /** Whose alerts are taken; unset: those of the one installation. */
  accepted: Accepted | undefined;
  /** Wraps the forge the workers use. */
  wrap(change: (forge: Forge) => Partial<Forge>): void;
  now(): Date;
  pass(seconds: number): void;
  /** Alerts come in and everything settles. */
  take(...alerts: object[]): Promise<void>;
  /** Steps of every worker until none has anything to do now. */
  settle(): Promise<void>;
  sweep(): Promise<void>;
  /** One step at GitHub's own alerts; true when there is more. */
  lookAtAlerts(): Promise<boolean>;
  /** Comments are asked for between two sweeps; says whether they were, and when to ask next. */
  quickLook(): ReturnType<typeof quickLookStep>;
  /** What is said of how GitHub is asked. */
  lookNotes(): Promise<{ part: string; note: string }[]>;
  /** Hands over the webhooks the forge sent since, `change`d when given, and lets everything settle. */
  hear(change?: (hooks: ReceivedHook[]) => ReceivedHook[]): Promise<void>;
  /** As `hear`, and a minute passes. */
  deliver(change?: (hooks: ReceivedHook[]) => ReceivedHook[]): Promise<void>;
  /** What became of each delivery, oldest first. */
  outcomes(): Promise<string[]>;
  executor(): Promise<boolean>;
  /** A person writes a comment, a second later everything has settled, deliveries or not. */
  comment(by: string, issue: number, body: string, repo?: RepoRef): Promise<number>;
  issue(
    number: number,
    repo?: RepoRef,
  ): Promise<{ title: string; body: string; state: string; labels: string[]; assignees: string[] }>;
  /** Bodies of our comments on an issue, oldest first. */
  ourComments(issue: number, repo?: RepoRef): Promise<string[]>;
  reconcile(issue: number): Promise<void>;
}

export async function spine(
  given: Partial<Policy> = {},
  options: { limits?: boolean; tools?: Tool[]; model?: Model; investigator?: Investigator } = {},
): Promise<Spine> {
  const receiver = await hookReceiver();
  const a = await adapterInTest({ limits: options.limits ?? false, webhookUrl: receiver.url });
  const pipeline = await runningPipeline();
  const clock = a.t.forge.state.clock;
  let at = Date.now();
  clock.now = () => at;
  clock.stamp = () => `${new Date(at).toISOString().slice(0, 19)}Z`;
  const ours: Clock = { now: () => new Date(at), sleep: async () => undefined };
  // The end of a run's wall time never comes.
  const patient: Clock = {
    now: ours.now,
    sleep: (_ms, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
  };
  let changed: Partial<Forge> = {};
  const forge = new Proxy(a.github, {
    get: (target, key, receiver) => Reflect.get(key in changed ? changed : target, key, receiver),
  });
  const source: PolicySource = { current: () => s.policy, banner: () => s.banner };
  const { store } = pipeline;
  const masking = createMasking('key-of-the-test', () => s.policy.privacy);
  pipeline.masking = masking;
  const log = (line: string) => s.log.push(line);
  const rooms = createOpenRooms({
    ...{ forge, clock: ours, repo: soc, log },
    place: {
      rooms: () => ['', ...s.rooms.map(({ key }) => key)],
      installationOf: (room) =>
        room === '' ? a.t.seeded.installationId : s.rooms.find(({ key }) => key === room)?.installationId,
    },
    readiness: { publishingStopped: () => s.stopped, issuesOff: () => undefined },
  });
  const deps: WorkerDeps = { store, clock: ours, policy: source, forge, repo: soc };
  const common = {
    ...deps,
    masking,
    rooms,
    log,
  };
  const ingest = async (records: IncomingRecord[]) => {
    await writeRecords(store, ours.now(), records.map(masking.record));
  };
  const place = {
    installationIds: [a.t.seeded.installationId],
    issueRepositoryId: a.t.seeded.repositoryIds.soc,
    configRepositoryId: a.t.seeded.repositoryIds.socConfig,
  };
  const none = () => undefined;
  const deliveries: DeliveryDeps = {
    ...common,
    ours: () => ({ ...place, rooms: s.rooms, accepted: s.accepted }),
    ingest,
    eventIdOf: (name, record) => (name === 'github' ? github.eventId?.(record) : undefined),
    onConfigPush: none,
    onPullRequest: none,
    onVisibility: none,
    onInstallation: none,
  };
  const adoptIssue = async ({ room, issue }: IssueRef) => {
    const adopted = await forge.issue(roomRepository(room, soc), issue);
    await ingest([reportRecord({ eventIdOf: none }, adopted, room)]);
    return true;
  };
  const actions = new Set([...connectors.values()].flatMap((c) => c.actions.map((one) => one.action)));
  const environment = { forge, repo: soc, clock: ours, dataDir: a.t.dataDir, hostFirewall: false, demo: true };
  const resources = createResourcePool(connectors, environment, source);
  const outbox = createOutbox({
    ...common,
    shownIn: resources.shownIn,
    arrivalMs: 15_000,
    stopped: () => s.stopped,
  });
  const executor = () => executorStep({ ...deps, resources });
  const investigator = options.investigator ?? (options.model ? inProcess(options.model) : undefined);
  const agents =
    investigator &&
    createAgents({
      ...{
        store,
        facts: createFacts(store, { policy: source, repo: soc }),
        clock: patient,
        policy: source,
        investigator,
        log: common.log,
      },
      tools: new Map([...tools, ...(options.tools ?? []).map((tool) => [tool.name, tool] as const)]),
      prompts: loadPrompts(new URL('../../prompts/', import.meta.url)),
      price: () => ({ input: 2, output: 10 }),
      onEnd: none,
    });
  const steps = [
    () => pipeline.step().then((n) => n > 0),
    () => deliveryStep(deliveries),
    () =>
      commanderStep({
        ...{
          ...common,
          commands,
          actions,
          unavailable: new Map(),
          shownIn: resources.shownIn,
          adoptIssue,
          model: agents !== undefined,
        },
      }),
    () =>
      investigatorStep({
        ...deps,
        facts: createFacts(store, { policy: source, repo: soc }),
        tools: new Map([...tools, ...(options.tools ?? []).map((tool) => [tool.name, tool] as const)]),
        actions,
        unavailable: new Map(),
        model: agents !== undefined,
        log: common.log,
      }),
    executor,
    () => approvalsStep(deps),
    () => onCallStep(deps),
    () => callLaterStep(deps),
    () => shiftChangeStep(deps),
    async () => {
      if (!agents) return false;
      await agents.step();
      const busy = agents.busy();
      await agents.idle();
      return busy;
    },
    () => outbox.step().then(({ again }) => again),
  ];
  const s: Spine = {
    a,
    pipeline,
    store,
    deps,
    policy: policyOf({
      resources: [
        {
          id: 'edge',
          connector: 'blocklist',
          settings: { list: 'edge' },
          origin: { path: 'policies/response.md', line: 3 },
        },
      ],
      ...given,
    }),
    outbox,
    log: [],
    stopped: undefined,
    banner: undefined,
    rooms: [],
    accepted: undefined,
    wrap(change) {
      changed = change(a.github);
    },
    now: ours.now,
    pass(seconds) {
      at += seconds * 1000;
    },
    async take(...alerts) {
      pipeline.now = ours.now();
      pipeline.policy = s.policy;
      await pipeline.receive('generic', alerts);
      await s.settle();
      s.pass(2);
      await s.settle();
    },
    async settle() {
      let idle = 0;
      for (let left = 3000; left > 0; left -= 1) {
        for (const step of steps) {
          idle = (await step()) ? 0 : idle + 1;
          if (idle === steps.length) return;
        }
        at += 5;
      }
      throw new Error('the workers do not come to rest');
    },
    sweep: () => sweepStep({ ...common, onIssue: (issue, room) => reconcileIssue(deliveries, issue, room) }),
    lookAtAlerts: () => alertLookStep({ ...deliveries, forge }),
    quickLook: () =>
      quickLookStep({ ...common, expected: true, onIssue: (issue, room) => reconcileIssue(deliveries, issue, room) }),
    lookNotes: () => lookNotes({ store, clock: ours, forge, expected: true, ours: deliveries.ours }),
    executor,
    async hear(change = (hooks) => hooks) {
      await a.t.forge.courier.idle();
      for (const hook of change(receiver.hooks.splice(0))) {
        const read = readEnvelope(hook.headers, hook.body);
        if ('refused' in read) throw new Error(read.refused);
        await storeDelivery({ store, masking }, read.delivery, ours.now());
      }
      await s.settle();
    },
    async deliver(change) {
      await s.hear(change);
      s.pass(60);
      await s.settle();
    },
    async outcomes() {
      const found = await store.query<{ outcome: string }>('select outcome from delivery order by id');
      return found.rows.map((row) => row.outcome);
    },
    async comment(by, issue, body, { owner, name } = soc) {
      s.pass(2);
      await s.settle();
      const made = await a.t.person(by).rest.issues.createComment({ owner, repo: name, issue_number: issue, body });
      await s.sweep();
      s.pass(2);
      await s.settle();
      s.pass(2);
      await s.settle();
      return made.data.id;
    },
    issue: (number, repo = soc) => a.github.issue(repo, number),
    async ourComments(issue, repo = soc) {
      const { botId } = await a.github.self();
      return (await a.github.comments(repo, issue)).filter((c) => c.user.id === botId).map((c) => c.body);
    },
    reconcile: async (issue) => reconcileIssue(deliveries, await a.github.issue(soc, issue), ''),
    async [Symbol.asyncDispose]() {
      await pipeline[Symbol.asyncDispose]();
      await a[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
    },
  };
  return s;
}

/** An attack of one address on one host. */
export function attack(n: number, more: object = {}): object {
  return { title: `Login failures ${n}`, severity: 'high', host: `web-${n}`, src_ip: `203.0.113.${n % 250}`, ...more };
}

/** Whether a fault of this kind happens once, before or after the thing was done. */
export function once<Args extends unknown[], Result>(
  call: (...args: Args) => Promise<Result>,
  reason: ForgeError['reason'],
  when: 'before' | 'after',
  retryAfter?: number,
): (...args: Args) => Promise<Result> {
  let failed = false;
  return async (...args) => {
    if (failed) return call(...args);
    failed = true;
    if (when === 'after') await call(...args);
    throw new ForgeError(reason, `GitHub answered: ${reason}`, { retryAfter });
  };
}
