import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postUntilAcknowledged } from './app-process.ts';
import { issueAbout, someAlert } from './incident-on-forge.ts';
import { settled } from './settled.ts';
import { until } from './until.ts';
import { type World, world } from './world.ts';

let w: World;

beforeAll(async () => {
  w = await world({ creationsPerMinute: 75 });
  await w.app.up();
});
afterAll(() => w?.[Symbol.asyncDispose]());

it('the app outlives kill -9 of its PostgreSQL, keeps every acknowledged alert, and goes on publishing', async () => {
  const acknowledged: string[] = [];
  const titles: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const posting = Array.from({ length: 5 }, async () => {
      const alert = someAlert();
      titles.push(alert.title);
      acknowledged.push(...(await postUntilAcknowledged(w.app, [alert], 45_000)));
    });
    await sleep(round * 15);
    const pid = w.app.databasePid();
    expect(pid).toBeTypeOf('number');
    process.kill(pid ?? 0, 'SIGKILL');
    await Promise.all(posting);
    // The posts may all have been acknowledged before the killed one is noticed.
    await until('another PostgreSQL runs', async () => {
      const now = w.app.databasePid();
      return now === pid ? undefined : now;
    });
  }
  expect(w.app.running()).toBe(true);
  await settled(w.app, 60_000);
  const stored = await w.app.rows<{ id: string }>('select id from raw_record');
  expect(stored.map((row) => row.id).sort()).toEqual(acknowledged.sort());
  for (const title of titles) await issueAbout(w.forge, title);
  expect(await w.forge.issues()).toHaveLength(titles.length);
  expect((await w.app.ready()).problems).toEqual([]);
}, 120_000);
