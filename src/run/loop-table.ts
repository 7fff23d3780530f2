import type { Command } from '../commands/command.ts';
import type { WatchedRepository } from '../domain/advisory.ts';
import { accepts, installationsTaken } from '../github/admit.ts';
import { pipelineStep } from '../pipeline.ts';
import type { KnownPlugins } from '../policy/response-rules.ts';
import type { LivePolicySource } from '../policy/source.ts';
import type { Clock } from '../ports/clock.ts';
import type { Detections } from '../ports/detections.ts';
import type { Forge, ForgeIssue, RepoRef } from '../ports/forge.ts';
import type { Store } from '../ports/store.ts';
import type { Source } from '../sources/source.ts';
import { touchQueue } from '../store/queue.ts';
import { type AdvisoryDeps, advisoryStep } from './advisories.ts';
import { alertLookStep } from './alert-look.ts';
import { type CommanderDeps, commanderStep } from './commander.ts';
import { checkCommit, uncheckedHeads } from './config-checks.ts';
import { setUpConfig } from './config-setup.ts';
import { type DeliveryDeps, deliveryStep, reconcileIssue } from './deliveries.ts';
import { executorStep } from './executor.ts';
import { hear, maySpend } from './hearing.ts';
import { type InvestigatorDeps, investigatorStep } from './investigator.ts';
import type { Notifier } from './notifier.ts';
import type { OpenRooms } from './open-rooms.ts';
import type { Outbox } from './outbox.ts';
import type { OwnGround } from './own-ground.ts';
import { followInForce, type Place } from './place.ts';
import { quickLookStep } from './quick-look.ts';
import type { Readiness } from './readiness.ts';
import type { ResourcePool } from './resources.ts';
import { shiftChangeStep } from './shift-change.ts';
import { sweepStep } from './sweep.ts';
import { turnDay } from './turn-day.ts';
import { type LoopRow, telling, waiters, waiting } from './waiters.ts';
import type { WaitingRecords } from './waiting-records.ts';

/** The parts the loops turn. */
export interface LoopParts {
  store: Store;
  forge: Forge;
  clock: Clock;
  policy: LivePolicySource;
  /** The policy as it is written, without what we add. */
  inForce: LivePolicySource;
  repo: RepoRef;
  /** The issue repositories the policy in force names. */
  place: Pick<Place, 'rooms' | 'follow'>;
  rooms: OpenRooms;
  configRepo: RepoRef | undefined;
  plugins: {
    sources: ReadonlyMap<string, Source>;
    tools: InvestigatorDeps['tools'];
    commands: ReadonlyMap<string, Command>;
  };
  known: KnownPlugins;
  detections: Detections;
  actions: ReadonlySet<string>;
  facts: InvestigatorDeps['facts'];
  /** Whether a model is set up. */
  model: boolean;
  resources: ResourcePool;
  waiting: Pick<WaitingRecords, 'masked'>;
  outbox: Outbox;
  notifier: Notifier;
  readiness: Readiness;
  ground: OwnGround;
  /** Lets what is open follow the policy. */
  follow(): Promise<boolean>;
  /** Gives backlog that the policy adopts its issues of the day. */
  adopt(): Promise<boolean>;
  deliveries: DeliveryDeps;
  supplyChain: AdvisoryDeps['supplyChain'];
  /** Whether the settings expect webhooks. */
  webhooks: boolean;
  adoptIssue: CommanderDeps['adoptIssue'];
  /** Commits whose check was asked for. */
  checks: Set<string>;
  wake(...names: string[]): void;
  log(sentence: string): void;
}

/** How long a worker rests when nothing wakes it, and how often what nothing may wake is looked at, in milliseconds. */
const restMs = 1_000;
const lookMs = 60_000;

/** The least rest of the queue, so that what comes together stands in it together. */
const rankMs = 3_000;

/** How often alerts are asked for while webhooks come. */
const alertsHeardMs = 600_000;

/** Every loop of the app by its name: what it does, whom it wakes, and how long it rests. */
export function loopTable(parts: LoopParts): Record<string, LoopRow> {
  const others = Object.entries({ ...workers(parts), ...lookouts(parts) });
  return { ...Object.fromEntries(others.map(([name, row]) => [name, telling(row, parts.wake)])), ...waiters(parts) };
}

/** One a stage: they work off rows, and wake whoever the rows they wrote are for. */
function workers(parts: LoopParts): Record<string, LoopRow> {
  const { store, clock, policy, repo, plugins, actions, resources, outbox, wake } = parts;
  const { unavailable } = resources;
  const after = (step: () => Promise<boolean>, ...next: string[]): LoopRow => ({
    idleMs: restMs,
    step: async () => {
      const more = await step();
      if (more) wake(...next);
      return more;
    },
  });
  return {
    pipeline: after(
      async () =>
        // Where an alert belongs is decided once: without the policy that says it, it waits in its record.
        policy.held() === undefined &&
        (await pipelineStep({ ...parts, sources: plugins.sources, masked: parts.waiting.masked })) > 0,
      'outbox',
      'investigator',
    ),
    deliveries: after(() => deliveryStep(parts.deliveries), 'commands', 'outbox', 'investigator'),
    commands: after(
      () =>
        commanderStep({
          ...{
            ...parts,
            masking: parts.deliveries.masking,
            commands: plugins.commands,
            unavailable,
            shownIn: resources.shownIn,
          },
        }),
      'outbox',
      'executor',
      'investigator',
      'agents',
    ),
    investigator: after(
      () => investigatorStep({ ...parts, tools: plugins.tools, actions, unavailable }),
      'outbox',
      'agents',
    ),
    executor: after(() => executorStep({ store, clock, policy, repo, resources }), 'outbox'),
    outbox: {
      idleMs: restMs,
      step: async () => {
        const result = await outbox.step();
        if (result.again) wake('investigator');
        if (result.opening) wake('queue');
        return result;
      },
    },
  };
}

/** They look at what stands outside, now and then and when told. */
function lookouts(parts: LoopParts): Record<string, LoopRow> {
  const steps: Record<string, LoopRow['step']> = {
    policy: () => lookAtPolicy(parts),
    visibility: () => lookAtVisibility(parts),
    checks: () => check(parts),
    sweep: () => sweep(parts),
    quiet: () => lookAtQuiet(parts),
    shift: () => shiftChangeStep(parts),
    advisories: () => lookAtAdvisories(parts),
  };
  const rows = Object.entries(steps).map(([name, step]): [string, LoopRow] => [name, { step, idleMs: lookMs }]);
  return {
    ...Object.fromEntries(rows),
    'quick-look': { step: () => quickLook(parts), idleMs: lookMs },
    alerts: { step: () => lookAtAlerts(parts), idleMs: alertsHeardMs },
    queue: { step: () => rank(parts), idleMs: lookMs, paceMs: rankMs },
  };
}

/** Comments are asked for as often as somebody waits for an answer. */
async function quickLook(parts: LoopParts): ReturnType<LoopRow['step']> {
  const { clock, deliveries, webhooks, wake } = parts;
  const onIssue = (issue: ForgeIssue, room: string) => reconcileIssue(deliveries, issue, room);
  const look = await quickLookStep({ ...parts, masking: deliveries.masking, onIssue, expected: webhooks });
  if (look.looked) wake('commands', ...waiting);
  return { again: false, at: new Date(clock.now().getTime() + look.nextMs) };
}

/** GitHub's own alerts: what was open before, and then what no webhook told of. */
async function lookAtAlerts(parts: LoopParts): ReturnType<LoopRow['step']> {
  const { store, clock, forge, deliveries, webhooks, wake } = parts;
  const more = await alertLookStep({ ...deliveries, forge, clock });
  wake('pipeline');
  const rich = await maySpend(forge);
  if (more && rich) return true;
  const often = rich && !(await hear({ store, clock, expected: webhooks })).webhooks;
  return { again: false, at: new Date(clock.now().getTime() + (often ? lookMs : alertsHeardMs)) };
}

async function lookAtPolicy(parts: LoopParts): Promise<boolean> {
  if (parts.configRepo) {
    await parts.policy.refresh();
    const bound = new Set(parts.place.rooms());
    await followInForce(parts.place, parts.policy);
    // Nothing is written to a new room before its visibility was seen.
    if (parts.place.rooms().some((room) => !bound.has(room))) parts.wake('visibility');
    const wakeAll = () => parts.wake('outbox', 'investigator', 'executor', ...waiting);
    if (await parts.follow()) wakeAll();
    if (await parts.adopt()) wakeAll();
  }
  await setUpConfig(parts);
  return false;
}

async function lookAtVisibility({ ground, place, policy, readiness, clock, wake }: LoopParts) {
  void ground.refresh();
  await followInForce(place, policy);
  await readiness.refresh();
  wake('outbox');
  // Not known is not private: asked again soon.
  const at = new Date(clock.now().getTime() + 5_000);
  return readiness.publishingStopped() === undefined ? false : { again: false, at };
}

async function check({ forge, configRepo, inForce, known, checks, log }: LoopParts): Promise<boolean> {
  const [headSha] = checks;
  if (!configRepo || headSha === undefined) return false;
  // Compared as written: what we add stands in no file.
  await checkCommit({ forge, repo: configRepo, policy: inForce, known, log }, headSha);
  checks.delete(headSha);
  return true;
}

/** The queue is looked at each minute and when an issue is opened, where the organization wants one. */
async function rank({ store, clock, policy, wake }: LoopParts): Promise<boolean> {
  if (!policy.current().queue) return false;
  await touchQueue(store, clock.now());
  wake('outbox');
  return false;
}

async function lookAtAdvisories(parts: LoopParts): Promise<boolean> {
  const { ingest, eventIdOf, ours } = parts.deliveries;
  const installations = () => installationsTaken(ours());
  const covers = ({ id, installation }: WatchedRepository) => {
    const here = ours();
    return here !== undefined && accepts({ installationId: installation, repositoryId: id }, here);
  };
  return advisoryStep({ ...parts, ingest, eventIdOf, installations, accepts: covers });
}

/** Closes digests whose day is over, and lets the inventory's ages follow the day. */
async function lookAtQuiet({ store, clock, policy, wake }: LoopParts): Promise<boolean> {
  if (await turnDay({ store, clock, policy })) wake('outbox', ...waiting);
  return false;
}

async function sweep(parts: LoopParts): Promise<boolean> {
  const { forge, configRepo, deliveries, checks, wake } = parts;
  await sweepStep({
    ...parts,
    masking: deliveries.masking,
    onIssue: (issue, room) => reconcileIssue(deliveries, issue, room),
  });
  if (configRepo) for (const headSha of await uncheckedHeads({ forge, repo: configRepo })) checks.add(headSha);
  wake('commands', 'deliveries', 'checks', ...waiting);
  return false;
}
