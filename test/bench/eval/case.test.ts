import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadCases } from '../../../bench/eval/case.ts';

const real = fileURLToPath(new URL('../../incidents/own-scanner', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = `${mkdtempSync(join(tmpdir(), 'yagura-cases-'))}/`;
  cpSync(real, `${folder}one`, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a folder is one incident, its story apart from its facts', () => {
  const [one, ...others] = loadCases(folder);
  expect(others).toEqual([]);
  expect(one).toMatchObject({ name: 'one', truth: { verdict: 'benign', planted: false }, replies: [], history: [] });
  expect(one?.story).toMatch(/^The scanner of the organization/);
});

it.each([
  ['truth.md', 'verdict: benign', 'verdict: harmless', /^one\/truth\.md: .*verdict/s],
  ['truth.md', 'must_not_claim:', 'must_never_claim:', /^one\/truth\.md: .*must_n/s],
  ['truth.md', 'tool: address-owner\n    entity: ip:10.20.9.5', 'outcome: found', /say how the fact is recognised/],
  ['alerts.ndjson', '"source":"generic"', '"source":"carrier pigeon"', /^one\/alerts\.ndjson:1: .*source/s],
])('a mistake in %s is refused with its place: %s', (file, from, to, message) => {
  const path = `${folder}one/${file}`;
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
  expect(() => loadCases(folder)).toThrow(message);
});

it('a misspelt file is refused, since it would silently not be told', () => {
  writeFileSync(`${folder}one/histroy.ndjson`, '');
  expect(() => loadCases(folder)).toThrow('one/histroy.ndjson would not be read');
});
