import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/forge/faults.ts';
import { investigated, issueAbout, marked, receiptOf, someAlert } from './incident-on-forge.ts';
import { settled } from './settled.ts';
import { until } from './until.ts';
import { type World, world } from './world.ts';

const waitMs = 60_000;
/** `YAGURA_FULL=1`: every way an answer is lost; else one of each kind. What never arrives is waited for 15 real seconds. */
const full = process.env.YAGURA_FULL === '1';
let w: World;

beforeAll(async () => {
  w = await world({ timeScale: 30 });
  await w.app.up();
});
afterEach(() => w.forge.faults([]));
afterAll(() => w?.[Symbol.asyncDispose]());

const issues = { method: 'POST', path: '/issues$' };
const comments = { method: 'POST', path: '/issues/\\d+/comments$' };
const once = (kind: FaultRule['kind'], on: { method: string; path: string }, next = 1): FaultRule => ({
  kind,
  ...on,
  next,
});

describe('a creation that is never answered', () => {
  const ways = [
    ['a socket cut after the work', 'cut-after'],
    ['a 502 after the work', 'rest-502-after'],
    ['a 502 before the work', 'rest-502'],
  ] as const;
  it.each(full ? ways : ways.slice(0, 1))(
    'makes one issue after %s',
    async (_name, kind) => {
      const alert = someAlert();
      await w.forge.faults([once(kind, issues)]);
      await w.app.post([alert]);
      await issueAbout(w.forge, alert.title);
      await settled(w.app, waitMs);
      expect((await w.forge.issues()).filter((issue) => issue.body.includes(alert.title))).toHaveLength(1);
      expect(await w.forge.struck()).toEqual({ [`0 ${kind}`]: 1 });
    },
    2 * waitMs,
  );

  it.each(full ? (['rest-502-after', 'cut-after'] as const) : (['rest-502-after'] as const))(
    'makes one finished receipt after %s',
    async (kind) => {
      const issue = await investigated(w.app, w.forge);
      await w.app.kill();
      const said = await w.forge.comment('ken', issue.number, '/take');
      await w.forge.faults([once(kind, comments)]);
      await w.app.up();
      await receiptOf(w.forge, said, waitMs);
      await settled(w.app, waitMs);
      expect(await w.forge.struck()).toEqual({ [`0 ${kind}`]: 1 });
      expect(await marked(w.forge, `receipt=${said.id} `)).toHaveLength(1);
    },
    3 * waitMs,
  );

  it(
    'is not found in a stranger’s comment that carries its marker',
    async () => {
      const issue = await investigated(w.app, w.forge);
      await w.app.kill();
      const said = await w.forge.comment('ken', issue.number, '/take');
      const forged = await w.forge.comment('otto', issue.number, `✅ done\n<!-- yagura:v1 receipt=${said.id} -->`);
      await w.forge.faults([once('rest-502', comments)]);
      await w.app.up();
      expect(await receiptOf(w.forge, said, waitMs)).toContain('ken has this');
      await settled(w.app, waitMs);
      expect(await w.forge.struck()).toEqual({ '0 rest-502': 1 });
      const all = await w.forge.commentsOf(issue.number);
      expect(all.filter((c) => c.body.includes(`receipt=${said.id} `))).toHaveLength(2);
      expect(all.find((c) => c.id === forged.id)?.body).toBe(forged.body);
    },
    2 * waitMs,
  );
});

describe('an edit that is never answered', () => {
  it(
    'is not taken for what a person wished: closed so, it can be reopened',
    async () => {
      const issue = await investigated(w.app, w.forge);
      await w.forge.faults([once('rest-502-after', { method: 'PATCH', path: '/issues/\\d+$' })]);
      await receiptOf(w.forge, await w.forge.comment('ken', issue.number, '/close fp a test'), waitMs);
      const stateOf = async () => (await w.forge.issues()).find((one) => one.number === issue.number)?.state;
      await until('the issue is closed', async () => (await stateOf()) === 'closed', { withinMs: waitMs });
      expect(await w.forge.struck()).toEqual({ '0 rest-502-after': 1 });
      await receiptOf(w.forge, await w.forge.comment('ken', issue.number, '/reopen'), waitMs);
      await until('the issue is open again', async () => (await stateOf()) === 'open', { withinMs: 20_000 });
      await settled(w.app, waitMs);
    },
    3 * waitMs,
  );
});

describe('a secondary limit', () => {
  it(
    'in the middle of an incident delays what is left and loses nothing',
    async () => {
      const alert = someAlert({ ip: '198.51.100.77' });
      await w.forge.faults([once('secondary-limit', { method: 'POST|PATCH', path: '/issues' }, 3)]);
      await w.app.post([alert]);
      await issueAbout(w.forge, alert.title, waitMs);
      await settled(w.app, waitMs);
      expect(await w.forge.struck()).toEqual({ '0 secondary-limit': 3 });
      expect((await issueAbout(w.forge, alert.title)).body).toContain('`/approve R1`');
    },
    2 * waitMs,
  );
});
