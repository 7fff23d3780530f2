import { describe, expect, it } from 'vitest';
import type { IngestSource } from '../../src/ingest/inputs/http.ts';
import { recordLimit, recordsLimit } from '../../src/ingest/split.ts';
import { type RunningIngest, runningIngest } from './running-ingest.ts';

const plain = { 'content-type': 'text/plain; charset=utf-8' };

const product = { vendor: 'Acme', name: 'Log' };
const sources = new Map<string, IngestSource>([
  ['log', { name: 'log', product, lines: true }],
  ['camera', { name: 'camera', product }],
]);

async function within(work: (ingest: RunningIngest) => Promise<void>): Promise<void> {
  await using ingest = await runningIngest({ sources });
  await work(ingest);
}

describe('lines of text', () => {
  it('are a record each, byte for byte without the end of the line, empty ones left out', () =>
    within(async (ingest) => {
      const body = Buffer.concat([Buffer.from('one\r\n\n{"not": JSON\n[1]\n'), Buffer.from([0xff, 0x01, 0x0a])]);
      const { status, body: answer } = await ingest.post('log', body, plain);
      expect([status, answer.accepted]).toEqual([202, 4]);
      expect(await ingest.contents()).toEqual(['one', '{"not": JSON', '[1]', '\uFFFD\u0001']);
      const found = await ingest.store.query<{ content: Buffer }>('select content from raw_record order by id desc');
      expect(found.rows[0]?.content).toEqual(Buffer.from([0xff, 0x01]));
    }));

  it('that are equal in one body are records of their own, and the body again brings none', () =>
    within(async (ingest) => {
      const body = 'same\nother\nsame\nsame\n';
      expect((await ingest.post('log', body, plain)).body).toMatchObject({ accepted: 4, duplicates: 0 });
      expect((await ingest.post('log', body, plain)).body).toMatchObject({ accepted: 0, duplicates: 4 });
      expect(await ingest.contents()).toHaveLength(4);
    }));

  it('are taken by sources that have them only', () =>
    within(async (ingest) => {
      const refused = await ingest.post('camera', 'a line', plain);
      expect([refused.status, refused.body.message]).toEqual([415, 'Send application/json or application/x-ndjson.']);
      const json = { 'content-type': 'application/x-ndjson' };
      expect((await ingest.post('log', '{"message":"a"}\n{"message":"a"}', json)).body).toMatchObject({
        accepted: 1,
        duplicates: 1,
      });
      expect((await ingest.post('log', 'a', { 'content-type': 'text/html' })).body.message).toContain('text/plain');
    }));

  it('are within the bounds of records', () =>
    within(async (ingest) => {
      const long = await ingest.post('log', `short\n${'x'.repeat(recordLimit + 1)}\n${'y'.repeat(recordLimit)}`, plain);
      expect([long.status, long.body.accepted]).toEqual([422, 2]);
      expect(long.body.errors).toMatchObject([{ index: 1, code: 'too-large' }]);
      const many = await ingest.post('log', 'x\n'.repeat(recordsLimit + 1), plain);
      expect(many.status).toBe(413);
    }));
});
