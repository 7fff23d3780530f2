import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { CheckRun } from '../../src/ports/forge.ts';
import { scratch } from '../scratch.ts';
import { type AdapterInTest, adapterInTest, config, forgeErrorOf } from './adapter-in-test.ts';

let configFolder = '';
beforeAll(() => {
  configFolder = scratch('config');
  writeFileSync(join(configFolder, 'yagura.md'), 'hello\n');
});
const place = { owner: 'acme', repo: 'soc-config' };

async function run(a: AdapterInTest, part: Partial<CheckRun> = {}): Promise<CheckRun> {
  return {
    name: 'policy',
    headSha: (await a.github.head(config, 'main')) ?? '',
    status: 'completed',
    conclusion: 'failure',
    title: 'Two files cannot be read',
    summary: 'see below',
    annotations: [],
    ...part,
  };
}

const annotations = (count: number): CheckRun['annotations'] =>
  Array.from({ length: count }, (_, n) => ({
    path: 'yagura.md',
    line: n + 1,
    level: 'failure',
    message: `problem ${n}`,
  }));

async function runsOn(a: AdapterInTest, ref: string) {
  const { data } = await a.t.app.rest.checks.listForRef({ ...place, ref, filter: 'all' });
  return data.check_runs;
}

test('60 annotations are sent as 50 and 10, the last completes the run', async () => {
  await using a = await adapterInTest({ configFolder });
  const wanted = await run(a, { annotations: annotations(60) });
  a.requests.length = 0;
  await a.github.putCheckRun(config, wanted);
  const [only, ...others] = await runsOn(a, wanted.headSha);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ name: 'policy', status: 'completed', conclusion: 'failure' });
  expect(only?.output).toMatchObject({
    title: 'Two files cannot be read',
    summary: 'see below',
    annotations_count: 60,
  });
  expect(a.requests.filter((line) => /^(POST|PATCH)/.test(line)).map((line) => line.replace(/\d+ /, '# '))).toEqual([
    'POST /repos/acme/soc-config/check-runs 201',
    'PATCH /repos/acme/soc-config/check-runs/# 200',
  ]);
  const page = await a.t.app.rest.checks.listAnnotations({ ...place, check_run_id: only?.id ?? 0, per_page: 100 });
  expect(page.data.map((one) => [one.start_line, one.message])).toEqual(
    annotations(60).map((one) => [one.line, one.message]),
  );
});

test('a run in progress is completed, not doubled, and a completed one is followed by a new one', async () => {
  await using a = await adapterInTest({ configFolder });
  const wanted = await run(a, { conclusion: 'success' });
  const { conclusion: _, ...begun } = wanted;
  await a.github.putCheckRun(config, { ...begun, status: 'in_progress' });
  expect(await a.github.checkRunDone(config, wanted.headSha, 'policy')).toBe(false);
  await a.github.putCheckRun(config, wanted);
  expect(await a.github.checkRunDone(config, wanted.headSha, 'policy')).toBe(true);
  expect(await runsOn(a, wanted.headSha)).toHaveLength(1);
  await a.github.putCheckRun(config, wanted);
  expect(await runsOn(a, wanted.headSha)).toHaveLength(2);
  expect(await a.github.checkRunDone(config, wanted.headSha, 'another')).toBe(false);
});

test('a summary and messages beyond 65,535 bytes are cut before they are sent', async () => {
  await using a = await adapterInTest({ configFolder });
  const long = '櫓'.repeat(30_000);
  const [first] = annotations(1);
  const wanted = await run(a, { summary: long, annotations: first ? [{ ...first, message: long }] : [] });
  await a.github.putCheckRun(config, wanted);
  const [only] = await runsOn(a, wanted.headSha);
  expect(only?.output.annotations_count).toBe(1);
  expect(Buffer.byteLength(only?.output.summary ?? '')).toBeLessThanOrEqual(65_535);
  expect(only?.output.summary).toMatch(/櫓 … \(cut\)$/);
});

test('a run the forge does not take is completed as a failure that says so', async () => {
  await using a = await adapterInTest({ configFolder });
  const bad = annotations(1).map((one) => ({ ...one, level: 'terrible' as 'failure' }));
  const wanted = await run(a, { conclusion: 'success', annotations: bad });
  await a.github.putCheckRun(config, wanted);
  const [only, ...others] = await runsOn(a, wanted.headSha);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(only?.output.summary).toMatch(/^GitHub did not take the result: .*422/);
});

test('a run on a commit that does not exist is an error', async () => {
  await using a = await adapterInTest({ configFolder });
  await forgeErrorOf(a.github.putCheckRun(config, await run(a, { headSha: '0'.repeat(40) })));
});
