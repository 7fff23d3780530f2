import type { NotificationChannel } from '../../src/domain/notification.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Channel } from '../../src/notify/channel.ts';
import { loadPlugins } from '../../src/plugins.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { PolicySource } from '../../src/ports/policy-source.ts';
import { createNotifier, type Notifier } from '../../src/run/notifier.ts';
import { createNotifyChannels } from '../../src/run/notify-channels.ts';
import { policyOf } from '../commands/incident-in-test.ts';
import type { Vendor } from '../notify/vendors/vendor.ts';
import { type RunningPipeline, runningPipeline } from '../running-pipeline.ts';

const kinds = await loadPlugins<Channel>(new URL('../../src/notify/channels/', import.meta.url));

/** A channel of the policy; its secret is in the variable of its name. */
export function channel(name: string, given: Partial<NotificationChannel> = {}): NotificationChannel {
  return {
    id: name,
    channel: name,
    secret: `YAGURA_NOTIFY_${name.toUpperCase()}`,
    from: 'high',
    kinds: undefined,
    quiet: undefined,
    perHour: 20,
    settings: {},
    origin: { path: 'policies/notifications.md', line: 3 },
    ...given,
  };
}

/** The pipeline and the notifier over one database, on a clock that the test moves; nobody makes issues. */
export interface NotifierInTest extends AsyncDisposable {
  pipeline: RunningPipeline;
  policy: Policy;
  log: string[];
  /** One alert comes in, its incident has an issue, and what is to be told is told. */
  alert(title: string, more?: object): Promise<void>;
  /** Steps until nothing can be told now. */
  settle(): Promise<void>;
  pass(seconds: number): void;
  /** What becomes of one change of an incident made by hand. */
  change(sql: string, ...values: unknown[]): Promise<void>;
  /** `slack opened sent` a row, oldest first. */
  rows(): Promise<string[]>;
  /** A notifier that remembers nothing, as after a restart. */
  restart(): Notifier;
}

export async function notifierInTest(
  vendors: Record<string, Vendor>,
  channels: NotificationChannel[],
): Promise<NotifierInTest> {
  const pipeline = await runningPipeline();
  const { store } = pipeline;
  const clock: Clock = { now: () => pipeline.now, sleep: async () => undefined };
  const source: PolicySource = { current: () => t.policy, banner: () => undefined };
  const secrets = new Map(
    Object.entries(vendors).map(([name, { secret }]) => [`YAGURA_NOTIFY_${name.toUpperCase()}`, secret]),
  );
  const place = { repository: 'acme/soc', url: 'https://github.com/acme/soc' };
  const make = () => {
    const opened = createNotifyChannels(kinds, secrets, source);
    return createNotifier({ store, clock, policy: source, channels: opened, place, log: (line) => t.log.push(line) });
  };
  let notifier = make();
  const t: NotifierInTest = {
    pipeline,
    policy: policyOf({ notifications: channels }),
    log: [],
    async alert(title, more = {}) {
      pipeline.policy = t.policy;
      await pipeline.take({
        title,
        severity: 'high',
        host: `host-${title}`,
        time: pipeline.now.toISOString(),
        ...more,
      });
      await store.query('update incident set issue = id + 100, investigated_at = $1 where issue is null', [
        pipeline.now,
      ]);
      await t.settle();
    },
    async settle() {
      for (let left = 200; left > 0; left -= 1) {
        const { again, at } = await notifier.step();
        // A time that is over already would keep the loop turning.
        if (!again && at !== undefined && at <= pipeline.now) throw new Error('the notifier looks again at once');
        if (!again) return;
      }
      throw new Error('the notifier does not come to rest');
    },
    pass(seconds) {
      pipeline.now = new Date(pipeline.now.getTime() + seconds * 1_000);
    },
    async change(sql, ...values) {
      await store.query(sql, values);
      await t.settle();
    },
    async rows() {
      const found = await store.query<{ row: string }>(
        `select channel || ' ' || event || ' ' || state as row from notification order by id`,
      );
      return found.rows.map(({ row }) => row);
    },
    restart() {
      notifier = make();
      return notifier;
    },
    [Symbol.asyncDispose]: () => pipeline[Symbol.asyncDispose](),
  };
  return t;
}
