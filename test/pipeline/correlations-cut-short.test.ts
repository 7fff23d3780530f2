import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Sql, Store } from '../../src/ports/store.ts';
import type { RunningPipeline } from '../running-pipeline.ts';
import { within } from '../told-alerts.ts';

const call = JSON.parse(
  readFileSync(new URL('../fixtures/sources/cloudtrail/console-login-root.json', import.meta.url), 'utf8'),
);

const text = `title: Three logins
id: 11111111-0000-4000-8000-000000000001
correlation: { type: event_count, rules: [login], group-by: [recipientAccountId], timespan: 10m, condition: { gte: 3 } }
---
title: A login
name: login
logsource: { product: aws, service: cloudtrail }
detection: { selection: { eventName: ConsoleLogin }, condition: selection }
`;

const login = (minute: number) => ({
  ...call,
  eventID: `login-${minute}`,
  eventTime: `${new Date(Date.parse('2026-03-01T10:00:00Z') + minute * 60_000).toISOString().slice(0, 19)}Z`,
});

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
      pipe.policy = { ...pipe.policy, detections: [{ path: 'detections/logins.yml', text }] };
      let minute = 0;
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
      pipe.policy = { ...pipe.policy, detections: [{ path: 'detections/logins.yml', text }] };
      await pipe.receive('cloudtrail', [login(1), login(2)]);
      await pipe.run();
      const other = { path: 'detections/other.yml', text: text.replaceAll('login', 'other').replace('0001', '0009') };
      pipe.policy = { ...pipe.policy, detections: [...pipe.policy.detections, other] };
      await pipe.receive('cloudtrail', [login(3)]);
      await pipe.run();
      const first = "select title from alert where title = 'Three logins'";
      expect((await pipe.rows(first)).length).toBeGreaterThan(0);
    }));
});
