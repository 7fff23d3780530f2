import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { promptIds } from '../../src/investigate/agent/brief.ts';
import { loadPrompts } from '../../src/run/prompts.ts';
import { scratch } from '../scratch.ts';

const ours = new URL('../../prompts/', import.meta.url);

/** The prompts in a folder of the test's own, changed. */
function changed(change: (folder: string) => void): URL {
  const folder = scratch('prompts');
  cpSync(ours, folder, { recursive: true });
  change(folder);
  return pathToFileURL(`${folder}/`);
}

const edit = (id: string, from: string, to: string) => (folder: string) => {
  const path = join(folder, `${id}.md`);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};

it('the prompts are all there, each with its version and the hash of its file', () => {
  const prompts = loadPrompts(ours);
  expect(Object.keys(prompts)).toEqual([...promptIds]);
  expect(new Set(Object.values(prompts).map((p) => p.hash)).size).toBe(promptIds.length);
  expect(prompts.extract).toMatchObject({ tier: 'extract', version: '1' });
  expect(prompts.report.text).not.toContain('max_tokens');
});

it('a changed prompt has another hash', () => {
  const folder = changed(edit('plan', 'Make a plan.', 'Make a good plan.'));
  expect(loadPrompts(folder).plan.hash).not.toBe(loadPrompts(ours).plan.hash);
});

it.each([
  [
    'is missing',
    (folder: string) => rmSync(join(folder, 'task.md')),
    'prompts/task.md cannot be used: it is not there.',
  ],
  ['has another id', edit('task', 'id: task', 'id: plan'), 'prompts/task.md cannot be used: its id is plan.'],
  [
    'names a tier there is not',
    edit('ask', 'tier: investigate', 'tier: best'),
    'prompts/ask.md cannot be used: tier: ',
  ],
  [
    'gives the reader of bulk text a tool',
    edit('extract', 'tools: []', 'tools: [raw-record]'),
    'prompts/extract.md cannot be used: tools',
  ],
  [
    'does not say in which language to write',
    edit('investigator', '{language}', 'English'),
    'prompts/investigator.md cannot be used: it does not say {language}.',
  ],
  [
    'lets an answer be endless',
    edit('report', 'max_tokens: 6144', 'max_tokens: 9000000'),
    'prompts/report.md cannot be used: max_tokens',
  ],
])('one that %s stops the start and is named', (_, change, sentence) => {
  expect(() => loadPrompts(changed(change))).toThrow(sentence);
});
