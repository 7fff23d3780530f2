import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { FaultRule } from '../../src/forge/faults.ts';
import type { RemoteIssue } from './forge-process.ts';
import { investigated, receiptOf } from './incident-on-forge.ts';
import { settled } from './settled.ts';
import { until } from './until.ts';
import { type World, world } from './world.ts';

const timeScale = 30;
/** Longer than the waits of all tries that a task has, in real milliseconds. */
const outageMs = (2_000 + 8_000 + 32_000 + 60_000) / timeScale;
const noGit: FaultRule[] = [{ kind: 'rest-502', path: '/(git|contents|branches|commits)(/|$)' }];

let w: World;
let issue: RemoteIssue;

beforeAll(async () => {
  w = await world({ timeScale });
  await w.app.up();
  issue = await investigated(w.app, w.forge);
});
afterEach(() => w.forge.faults([]));
afterAll(() => w?.[Symbol.asyncDispose]());

const task = async (target: string) => {
  const [row] = await w.app.rows<{ status: string; attempts: number }>(
    'select status, attempts from task where target_value = $1',
    [target],
  );
  return row;
};

it('a task whose forge is away is neither given up nor lost, and is done when it is back', async () => {
  await w.forge.faults(noGit);
  const said = await w.forge.comment('ken', issue.number, '/block patient.example.org');
  await until('it was tried', async () => ((await task('patient.example.org'))?.attempts ?? 0) > 0);
  await sleep(outageMs);
  expect((await task('patient.example.org'))?.status).toBe('applying');
  await w.forge.faults([]);
  expect(await receiptOf(w.forge, said, 60_000)).toContain('✅');
  expect((await task('patient.example.org'))?.status).toBe('active');
}, 120_000);

it('what is active stays active when a restart cannot look whether it still holds', async () => {
  await w.app.kill();
  await w.forge.faults(noGit);
  await w.app.up();
  await sleep(outageMs);
  expect((await task('patient.example.org'))?.status).not.toBe('failed');
  await w.forge.faults([]);
  await settled(w.app, 60_000);
  expect((await task('patient.example.org'))?.status).toBe('active');
}, 120_000);

it('a block ends by itself when its time is over, also when the app was dead then, and an undo ends it at once', async () => {
  const list = async () => {
    const path = '/repos/acme/soc/contents/lists/edge.txt?ref=yagura/lists';
    const file = (await w.forge.as('ken', 'GET', path)) as { content: string };
    return Buffer.from(file.content, 'base64').toString();
  };
  await receiptOf(w.forge, await w.forge.comment('ken', issue.number, '/block short.example.org for 5m'));
  expect(await list()).toContain('short.example.org');
  await w.app.kill();
  await sleep(300_000 / timeScale + 500);
  await w.app.up();
  await until('it is out of the list', async () => !(await list()).includes('short.example.org'));
  await settled(w.app, 60_000);
  expect((await task('short.example.org'))?.status).toBe('expired');
  expect(await list()).toContain('patient.example.org');
  await receiptOf(w.forge, await w.forge.comment('ken', issue.number, '/undo T1'));
  expect(await list()).not.toContain('patient.example.org');
  expect((await task('patient.example.org'))?.status).toBe('undone');
}, 120_000);
