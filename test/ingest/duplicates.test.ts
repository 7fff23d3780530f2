import { beforeEach, describe, expect, it } from 'vitest';
import { type RunningIngest, runningIngest } from './running-ingest.ts';

const hour = 3_600_000;
const ndjson = { 'content-type': 'application/x-ndjson' };

async function within(work: (ingest: RunningIngest) => Promise<void>): Promise<void> {
  await using ingest = await runningIngest();
  await work(ingest);
}

describe('the same record', () => {
  let start: number;
  beforeEach(() => {
    start = Date.parse('2026-03-01T12:00:00Z');
  });

  it('sent ten times at once is stored once, and every answer has its id', () =>
    within(async (ingest) => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => ingest.post('camera', '{"door":"open"}')));
      expect(answers.map((a) => a.status)).toEqual(Array(10).fill(202));
      expect(answers.reduce((sum, a) => sum + (a.body.accepted ?? 0), 0)).toBe(1);
      expect(answers.reduce((sum, a) => sum + (a.body.duplicates ?? 0), 0)).toBe(9);
      expect(new Set(answers.flatMap((a) => a.body.ids)).size).toBe(1);
      expect(await ingest.contents()).toHaveLength(1);
    }));

  it('twice in one body is stored once', () =>
    within(async (ingest) => {
      const { body } = await ingest.post('camera', '{"x":1}\n{"x":2}\n{"x":1}', ndjson);
      expect([body.accepted, body.duplicates]).toEqual([2, 1]);
      expect(body.ids?.[2]).toBe(body.ids?.[0]);
    }));

  it('is a duplicate for 24 hours by its bytes and a new record after', () =>
    within(async (ingest) => {
      const first = await ingest.post('camera', '{"door":"open"}');
      ingest.now = new Date(start + 24 * hour);
      expect((await ingest.post('camera', '{"door":"open"}')).body).toMatchObject({
        duplicates: 1,
        ids: first.body.ids,
      });
      ingest.now = new Date(start + 24 * hour + 1);
      const later = await ingest.post('camera', '{"door":"open"}');
      expect(later.body).toMatchObject({ accepted: 1, duplicates: 0 });
      expect(later.body.ids).not.toEqual(first.body.ids);
      ingest.now = new Date(start + 47 * hour);
      const again = await ingest.post('camera', '{"door":"open"}');
      expect(again.body).toMatchObject({ duplicates: 1, ids: later.body.ids });
      expect(await ingest.contents()).toHaveLength(2);
    }));

  it('after 24 hours twice in one body is one new record', () =>
    within(async (ingest) => {
      await ingest.post('camera', '{"door":"open"}');
      ingest.now = new Date(start + 25 * hour);
      const { body } = await ingest.post('camera', '[{"door":"open"},{"door":"open"}]');
      expect([body.accepted, body.duplicates]).toEqual([1, 1]);
      expect(body.ids?.[0]).toBe(body.ids?.[1]);
    }));

  it('is known by the event id of its product, whatever its bytes and however late', () =>
    within(async (ingest) => {
      const first = await ingest.post('camera', '{"event":"e1","n":1}');
      ingest.now = new Date(start + 999 * hour);
      expect((await ingest.post('camera', '{"event":"e1","n":2}')).body).toMatchObject({ ids: first.body.ids });
      expect((await ingest.post('camera', '{"event":"e2","n":1}')).body).toMatchObject({ accepted: 1 });
    }));

  it('is known by bytes when its source fails over it', () =>
    within(async (ingest) => {
      const first = await ingest.post('camera', '{"broken":true}');
      expect(first.body.accepted).toBe(1);
      expect((await ingest.post('camera', '{"broken":true}')).body).toMatchObject({
        duplicates: 1,
        ids: first.body.ids,
      });
    }));

  it('is another one when it comes from another source', () =>
    within(async (ingest) => {
      await ingest.post('camera', '{"title":"same"}');
      expect((await ingest.post('generic', '{"title":"same"}')).body).toMatchObject({ accepted: 1 });
    }));
});

describe('an Idempotency-Key', () => {
  const key = (value: string) => ({ 'idempotency-key': value });

  it('makes a body sent again all duplicates, place by place', () =>
    within(async (ingest) => {
      const first = await ingest.post('camera', '[{"n":1},{"n":1}]', key('k1'));
      expect(first.body).toMatchObject({ accepted: 2, duplicates: 0 });
      const again = await ingest.post('camera', '[{"n":1},{"n":1}]', key('k1'));
      expect(again.body).toEqual({ accepted: 0, duplicates: 2, ids: first.body.ids });
    }));

  it('beats the product id and the bytes: another key is another record', () =>
    within(async (ingest) => {
      await ingest.post('camera', '{"event":"e1"}', key('k1'));
      expect((await ingest.post('camera', '{"event":"e1"}', key('k2'))).body).toMatchObject({ accepted: 1 });
    }));

  it('says nothing when it is empty', () =>
    within(async (ingest) => {
      await ingest.post('camera', '{"n":1}', key(''));
      expect((await ingest.post('camera', '{"n":2}', key(''))).body).toMatchObject({ accepted: 1 });
    }));
});
