import { afterAll, beforeAll, expect, it } from 'vitest';
import { issueAbout, someAlert } from './incident-on-forge.ts';
import { settled } from './settled.ts';
import { until } from './until.ts';
import { type World, world } from './world.ts';

let w: World;
const [first, second, third] = [someAlert(), someAlert(), someAlert()];

beforeAll(async () => {
  w = await world();
  await w.forge.stop('SIGKILL');
  await w.app.up();
});
afterAll(() => w?.[Symbol.asyncDispose]());

it('with a forge that was never seen the app starts, acknowledges alerts, and says what is wrong', async () => {
  expect((await w.app.post([first])).ids).toHaveLength(1);
  const { ready, problems } = await w.app.ready();
  expect(ready).toBe(false);
  expect(problems.map((p) => p.part)).toEqual(['forge', 'visibility', 'policy', 'config repository']);
  expect(problems[0]?.problem).toContain('did not answer');
  expect(problems[2]?.problem).toContain('alerts are kept');
}, 30_000);

it('once the forge is there everything is published, and there is no false word about the policy', async () => {
  await w.forge.start();
  await issueAbout(w.forge, first.title, 60_000);
  await settled(w.app, 60_000);
  expect(await w.forge.issues()).toHaveLength(1);
  await until('nothing is wrong', async () => (await w.app.ready()).ready, { withinMs: 60_000 });
}, 180_000);

it('a forge that goes away under a running app takes nothing along', async () => {
  await w.forge.stop('SIGKILL');
  await w.app.post([second]);
  await w.forge.start();
  await issueAbout(w.forge, second.title, 60_000);
}, 90_000);

it('a place that is known starts without its forge, with the last good policy', async () => {
  await w.forge.stop();
  await w.app.kill();
  await w.app.up();
  expect((await w.app.post([third])).ids).toHaveLength(1);
  const { problems } = await w.app.ready();
  expect(problems.find((p) => p.part === 'config repository')?.problem).toContain('the last good one');
  await w.forge.start();
  await issueAbout(w.forge, third.title, 60_000);
  await settled(w.app, 60_000);
  expect(await w.forge.issues()).toHaveLength(3);
}, 180_000);
