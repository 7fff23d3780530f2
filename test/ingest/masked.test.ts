import { expect, it } from 'vitest';
import { createMasking } from '../../src/domain/masking.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import { type RunningIngest, runningIngest } from './running-ingest.ts';

const ndjson = { 'content-type': 'application/x-ndjson' };

/** Ingest as the app puts it together. */
async function maskedIngest(): Promise<RunningIngest> {
  const { privacy } = safeDefaults('acme/soc-config');
  const masking = createMasking('key-of-the-test', () => privacy);
  return runningIngest({ write: (real) => (records) => real(records.map(masking.record)) });
}

it('no byte of a secret reaches the database', async () => {
  await using ingest = await maskedIngest();
  await ingest.post('camera', '{"event":"e1","login":{"password":"Distelfink77"}}');
  await ingest.post('generic', '{"title":"t","body":"curl https://ci:Distelfink77@git.example"}');
  const { rows } = await ingest.store.query<{ row: string }>(
    `select r::text || convert_from(content, 'UTF8') as row from raw_record r`,
  );
  expect(rows).toHaveLength(2);
  expect(rows.map(({ row }) => row).join()).not.toContain('Distelfink77');
});

it('the same record is one and records that differ only in their secret are two, in one body or after one another', async () => {
  await using ingest = await maskedIngest();
  const [one, other] = ['{"password":"Distelfink77"}', '{"password":"Stieglitz88"}'];
  const first = await ingest.post('camera', [one, other, one].join('\n'), ndjson);
  expect([first.body.accepted, first.body.duplicates]).toEqual([2, 1]);
  const again = await ingest.post('camera', [other, one].join('\n'), ndjson);
  expect([again.body.accepted, again.body.duplicates]).toEqual([0, 2]);
  expect(again.body.ids).toEqual([first.body.ids?.[1], first.body.ids?.[0]]);
  expect(await ingest.contents()).toEqual(['{"password":"[secret removed]"}', '{"password":"[secret removed]"}']);
});

it('what has nothing to mask is stored byte for byte, and its hash is that of the bytes', async () => {
  await using ingest = await maskedIngest();
  const record = '{ "door" : "open", "n": 12345678901234567890 }';
  await ingest.post('camera', record);
  expect(await ingest.contents()).toEqual([record]);
  const { rows } = await ingest.store.query(
    `select content_hash = encode(sha256(content), 'hex') as same from raw_record`,
  );
  expect(rows).toEqual([{ same: true }]);
});
