import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/ports/clock.ts';
import type { Sql, Store } from '../../src/ports/store.ts';
import { type Loop, startLoop } from '../../src/run/loop.ts';
import { createNotifier } from '../../src/run/notifier.ts';
import type { LiveChannel } from '../../src/run/notify-channels.ts';
import { waiters } from '../../src/run/waiters.ts';
import { attacker, blockRule, type IncidentInTest, incidentInTest } from '../commands/incident-in-test.ts';

/** The loops that wait, over a real database that counts what it is asked, on a clock that moves when all of them sleep. */
interface Waiting {
  asked: number;
  loops: Record<string, Loop>;
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** How long one round of work may take on a busy machine, in milliseconds of the machine. */
const patienceMs = 20_000;

function waiting(t: IncidentInTest): Waiting {
  let at = t.now.getTime();
  const sleeping = new Set<{ until: number; wake(): void }>();
  const clock: Clock = {
    now: () => new Date(at),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const one = {
          until: at + ms,
          wake() {
            sleeping.delete(one);
            resolve();
          },
        };
        sleeping.add(one);
        signal?.addEventListener('abort', one.wake);
      }),
  };
  const counting = <S extends Sql>(sql: S): Pick<Sql, 'query'> => ({
    query: (text, values) => {
      it.asked += 1;
      return sql.query(text, values);
    },
  });
  const store: Store = {
    ...t.store,
    ...counting(t.store),
    transaction: (work) => t.store.transaction((tx) => work(counting(tx))),
  };
  const policy = { current: () => t.policy, banner: () => undefined };
  const channels = { live: (): LiveChannel[] => [], unavailable: () => new Map<string, string>() };
  const notifier = createNotifier({
    ...{ store, clock, policy, channels, log: () => undefined },
    place: { repository: 'acme/soc', url: 'https://github.example/acme/soc' },
  });
  const forge = { roleOf: async () => 'maintain' };
  const repo = { owner: 'acme', name: 'soc' };
  const rows = Object.entries(waiters({ store, clock, policy, forge, repo, notifier, wake: () => undefined }));
  const errors: string[] = [];
  const loops = Object.fromEntries(
    rows.map(([name, row]) => [name, startLoop({ name, clock, log: (line) => errors.push(line), ...row })]),
  );
  const settled = async () => {
    const end = performance.now() + patienceMs;
    while (sleeping.size < rows.length) {
      if (performance.now() > end) throw new Error('the loops do not come to rest');
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const it: Waiting = {
    asked: 0,
    loops,
    async pass(ms) {
      const end = at + ms;
      for (;;) {
        await settled();
        const [next] = [...sleeping].sort((a, b) => a.until - b.until);
        if (!next || next.until > end) break;
        at = Math.max(at, next.until);
        next.wake();
      }
      at = end;
      expect(errors).toEqual([]);
    },
    async stop() {
      await Promise.all(Object.values(loops).map((loop) => loop.stop()));
    },
  };
  return it;
}

const minute = 60_000;

async function told(t: IncidentInTest): Promise<number> {
  const [row] = await t.rows<{ n: number }>(`select count(*)::int as n from publication where key like 'approval:%'`);
  return row?.n ?? 0;
}

describe('the loops that wait', () => {
  it('ask the database a few times a minute while nothing happens', async () => {
    await using t = await incidentInTest();
    await t.pipeline.close(t.id);
    const w = waiting(t);
    await w.pass(minute);
    const before = w.asked;
    await w.pass(10 * minute);
    await w.stop();
    // Looking once a second they asked 360 times a minute.
    expect((w.asked - before) / 10).toBeLessThanOrEqual(10);
  });

  it('remind of an approval to the second, without looking for it until then', async () => {
    await using t = await incidentInTest({ responses: [blockRule()], approveWithin: 600 });
    await t.recommend(1, attacker, t.now, { requestedBy: 'hana' });
    const w = waiting(t);
    await w.pass(5 * minute - 1);
    expect(await told(t)).toBe(0);
    await w.pass(1_001);
    expect(await told(t)).toBe(1);
    await w.pass(5 * minute - 1_001);
    expect(await told(t)).toBe(1);
    await w.pass(1_001);
    await w.stop();
    expect(await told(t)).toBe(2);
    expect(w.asked).toBeLessThan(200);
  });

  it('hear who wakes them within a second, and look once for however many do', async () => {
    await using t = await incidentInTest({ responses: [blockRule()], approveWithin: 3_600 });
    const w = waiting(t);
    await w.pass(5_000);
    await t.recommend(1, attacker, t.now, { requestedBy: 'hana' });
    const before = w.asked;
    for (let k = 0; k < 1_000; k += 1) for (const loop of Object.values(w.loops)) loop.wake();
    await w.pass(1_000);
    const [row] = await t.rows<{ waits: boolean }>('select waits_since is not null as waits from recommendation');
    expect(row?.waits).toBe(true);
    expect(w.asked - before).toBeLessThan(40);
    await w.stop();
  });
});
