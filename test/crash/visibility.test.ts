import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { investigated, issueAbout, someAlert } from './incident-on-forge.ts';
import { settled } from './settled.ts';
import { until } from './until.ts';
import { type World, world } from './world.ts';

let w: World;

beforeAll(async () => {
  w = await world({ timeScale: 30 });
  await w.app.up();
  await investigated(w.app, w.forge);
  await settled(w.app, 60_000);
});
afterAll(() => w?.[Symbol.asyncDispose]());

const visibility = (repository: string, isPrivate: boolean) =>
  w.forge.admin('POST', '/repositories/visibility', { repository, private: isPrivate });

it.each([['acme/soc'], ['acme/soc-config']])(
  'nothing is published while %s is public, alerts are taken all the same, and all of it follows when it is private again',
  async (repository) => {
    await visibility(repository, false);
    await until('the app knows', async () =>
      (await w.app.ready()).problems.some((p) => p.part === 'visibility' && p.problem.includes(repository)),
    );
    const writes = (await w.forge.log()).length;
    const alert = someAlert();
    await w.app.post([alert]);
    // Two sweeps and any number of turns of the outbox.
    await sleep(4_000);
    expect((await w.forge.log()).slice(writes).map((write) => `${write.method} ${write.path}`)).toEqual([]);
    await visibility(repository, true);
    await issueAbout(w.forge, alert.title);
    await settled(w.app, 60_000);
  },
  120_000,
);
