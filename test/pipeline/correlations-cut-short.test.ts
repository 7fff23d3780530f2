import { describe, expect, it } from 'vitest';
import type { Sql, Store } from '../../src/ports/store.ts';
import type { RunningPipeline } from '../running-pipeline.ts';
import { within } from '../told-alerts.ts';
import { login, loginRules, useRules } from './counted-logins.ts';

const text = loginRules('gte: 3');

/** Lets the process end (as far as anyone can tell) before the `at`th statement of the next transaction. */
function cutShort(store: Store, at: number): { reached: boolean } {
  const cut = { reached: false };
  const transaction = store.transaction.bind(store);
  store.transaction = (work) => {
    store.transaction = transaction;
    return transaction((tx) => {
      let statements = 0;
      const failing: Sql = {
        query: (...asked) => {
          statements += 1;
          if (statements === at) {
            cut.reached = true;
            throw new Error('the connection is gone');
          }
          return tx.query(...asked);
        },
      };
      return work(failing);
    });
  };
  return cut;
}

async function step(pipe: RunningPipeline): Promise<void> {
  await pipe.run().catch((error: unknown) => {
    if (!/the connection is gone/.test(String(error))) throw error;
  });
}

describe('a step that is cut short while a correlation is counted', () => {
  it('at any of its statements loses nothing and tells nothing twice, with memory and without', () =>
    within(async (pipe) => {
      useRules(pipe, text);
      // Two hours ago: more minutes pass in the events than here.
      let minute = -120;
      let told = 0;
      for (let at = 1; ; at += 1) {
        await pipe.receive('cloudtrail', [login(minute + 1), login(minute + 2)]);
        await pipe.run();
        await pipe.receive('cloudtrail', [login(minute + 3)]);
        const cut = cutShort(pipe.store, at);
        await step(pipe);
        if (at % 2 === 0) pipe.restart();
        pipe.now = new Date(pipe.now.getTime() + 61_000);
        await pipe.run();
        minute += 3;
        told += 1;
        const found = await pipe.rows('select count(*)::int as told from correlation_told');
        expect({ at, found }).toEqual({ at, found: [{ told }] });
        if (!cut.reached) break;
      }
      expect(told).toBeGreaterThan(8);
      const problems = await pipe.rows("select title from alert where title like '%cannot be read%'");
      expect(problems).toEqual([]);
    }));

  it('counts on when another rule of the policy changes between two events', () =>
    within(async (pipe) => {
      useRules(pipe, text);
      await pipe.receive('cloudtrail', [login(1), login(2)]);
      await pipe.run();
      const other = {
        path: 'detections/other.yml',
        text: text.replaceAll('login', 'other').replace(/000(?=[12])/g, '001'),
      };
      pipe.policy = { ...pipe.policy, detections: [...pipe.policy.detections, other] };
      await pipe.receive('cloudtrail', [login(3)]);
      await pipe.run();
      const first = "select title from alert where title = 'Many logins of one account'";
      expect((await pipe.rows(first)).length).toBeGreaterThan(0);
    }));
});
