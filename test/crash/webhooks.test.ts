import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RemoteIssue } from './forge-process.ts';
import { investigated, marked, receiptOf } from './incident-on-forge.ts';
import { settled } from './settled.ts';
import { deliver, deliveryOf } from './signed.ts';
import { until } from './until.ts';
import { type World, world } from './world.ts';

const waitMs = 60_000;
let w: World;
let issue: RemoteIssue;

beforeAll(async () => {
  w = await world({ timeScale: 30 });
  await w.app.up();
  issue = await investigated(w.app, w.forge);
});
afterEach(() => w.forge.faults([]));
afterAll(() => w?.[Symbol.asyncDispose]());

const ranOf = (comment: number) =>
  w.app.rows<{ text: string; state: string }>('select text, state from command where comment_id = $1', [comment]);
const inLedger = (comment: number) =>
  w.app.rows(`select seq from ledger where kind = 'command' and body like '%"comment":"' || $1 || '"%'`, [comment]);

describe('a command', () => {
  it(
    'whose delivery was lost without a trace is found by the sweep, and runs once',
    async () => {
      await w.forge.faults([{ kind: 'lose', event: 'issue_comment' }]);
      const said = await w.forge.comment('ken', issue.number, '/severity high');
      expect(await receiptOf(w.forge, said, waitMs)).toContain('✅');
      await settled(w.app, waitMs);
      expect(await inLedger(said.id)).toHaveLength(1);
      const ofComment = `select 1 from delivery where payload #>> '{payload,comment,id}' = $1`;
      expect(await w.app.rows(ofComment, [String(said.id)])).toEqual([]);
    },
    2 * waitMs,
  );

  it(
    'that is delivered ten times and more runs once',
    async () => {
      const said = await w.forge.comment('ken', issue.number, '/severity low');
      const payload = await deliveryOf(w.forge, issue.number, said);
      const guid = randomUUID();
      const guids = [...Array.from({ length: 10 }, () => guid), ...Array.from({ length: 5 }, () => randomUUID())];
      expect(await Promise.all(guids.map((id) => deliver(w.app, w.forge, payload, id)))).toEqual(guids.map(() => 202));
      await receiptOf(w.forge, said, waitMs);
      await settled(w.app, waitMs);
      expect(await inLedger(said.id)).toHaveLength(1);
      expect(await marked(w.forge, `receipt=${said.id} `)).toHaveLength(1);
      expect(await w.app.rows('select 1 from delivery where guid = $1', [guid])).toHaveLength(1);
    },
    2 * waitMs,
  );

  it(
    'in a delivery from another repository or another installation does nothing',
    async () => {
      await w.app.kill();
      const said = await w.forge.comment('ken', issue.number, '/take');
      const payload = await deliveryOf(w.forge, issue.number, said);
      await w.forge.faults([{ kind: 'lose' }]);
      await w.app.up();
      await receiptOf(w.forge, said, waitMs);
      const forged = { ...payload.comment, id: said.id + 1_000_000, body: '/close fp forged' };
      const from = [
        { ...payload, comment: forged, repository: { ...payload.repository, id: payload.repository.id + 1 } },
        { ...payload, comment: forged, repository: { ...payload.repository, id: w.forge.repositoryIds.socConfig } },
        { ...payload, comment: forged, installation: { id: w.forge.installationId + 1 } },
      ];
      for (const one of from) expect(await deliver(w.app, w.forge, one)).toBe(202);
      await settled(w.app, waitMs);
      expect(await ranOf(forged.id)).toEqual([]);
      const outcomes = await w.app.rows<{ outcome: string }>(
        `select outcome from delivery where payload #>> '{payload,comment,id}' = $1`,
        [String(forged.id)],
      );
      expect(outcomes.map((row) => row.outcome.slice(0, 8))).toEqual(['dropped:', 'dropped:', 'dropped:']);
    },
    2 * waitMs,
  );

  it('signed with another secret is refused and not stored', async () => {
    const payload = await deliveryOf(w.forge, issue.number, await w.forge.comment('ken', issue.number, 'hello'));
    const guid = randomUUID();
    expect(await deliver(w.app, { ...w.forge, webhookSecret: 'development' }, payload, guid)).toBe(401);
    expect(await w.app.rows('select 1 from delivery where guid = $1', [guid])).toEqual([]);
  });
});

describe('a command in a comment that was changed before it ran', () => {
  it(
    'does not run when the comment was edited, by whoever, nor when it was deleted',
    async () => {
      const soc = '/repos/acme/soc/issues/comments';
      await w.app.kill();
      const [edited, deleted, whole] = [
        await w.forge.comment('ken', issue.number, 'nothing here'),
        await w.forge.comment('ken', issue.number, '/severity critical'),
        await w.forge.comment('ken', issue.number, '/severity medium'),
      ];
      const before = await deliveryOf(w.forge, issue.number, deleted);
      // A second later by the forge's own stamp, as GitHub tells an edit from the comment.
      const later = Date.parse(edited.created_at) + 1_000;
      await until('a second has passed', async () => (await w.forge.now()).getTime() >= later);
      await w.forge.as('mika', 'PATCH', `${soc}/${edited.id}`, { body: '/severity informational' });
      await w.forge.as('ken', 'DELETE', `${soc}/${deleted.id}`);
      await w.app.up();
      expect(await deliver(w.app, w.forge, before)).toBe(202);
      expect(await receiptOf(w.forge, whole, waitMs)).toContain('✅');
      await settled(w.app, waitMs);
      for (const one of [edited, deleted]) {
        expect(await inLedger(one.id)).toEqual([]);
        expect(await marked(w.forge, `receipt=${one.id} `)).toEqual([]);
      }
      const [incident] = await w.app.rows<{ severity: string }>('select severity from incident where issue = $1', [
        issue.number,
      ]);
      expect(incident?.severity).toBe('medium');
    },
    2 * waitMs,
  );
});
