import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languages } from '../../src/domain/locale.ts';
import type { Table } from '../../src/messages/messages.ts';
import { sourceFiles } from './sentences.ts';

const folder = new URL('../../src/messages/', import.meta.url);
const areas = readdirSync(folder)
  .filter((file) => file !== 'messages.ts')
  .map((file) => file.replace(/\.ts$/, ''));

type AnyTable = Table<Record<string, string | ((...values: unknown[]) => string)>>;

async function tableOf(area: string): Promise<AnyTable> {
  const [words] = Object.values<unknown>(await import(new URL(`${area}.ts`, folder).href));
  return (words as { table: AnyTable }).table;
}

/** Hiragana, katakana or kanji. */
const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** Whether what is written of a message holds words at all, and not only values, signs, commands and names of ours. */
const hasWords = (text: string) => /\p{L}{2,} \p{L}{2,}/u.test(text.replace(/`[^`]*`|\$\{[^}]*\}/g, ''));

describe.each(areas)('messages of %s', (area) => {
  it('are there in every language, with the same values', async () => {
    const table = await tableOf(area);
    expect(Object.keys(table).length).toBeGreaterThan(0);
    for (const [key, both] of Object.entries(table)) {
      expect(Object.keys(both), key).toEqual([...languages]);
      expect(typeof both.ja, key).toBe(typeof both.en);
      if (typeof both.en === 'function' && typeof both.ja === 'function')
        expect(both.ja.length, key).toBe(both.en.length);
    }
  });

  it('are Japanese in Japanese', async () => {
    for (const [key, both] of Object.entries(await tableOf(area)))
      if (hasWords(String(both.en))) expect(String(both.ja), key).toMatch(japanese);
  });

  it('are all said somewhere', async () => {
    const table = await tableOf(area);
    const name = Object.keys((await import(new URL(`${area}.ts`, folder).href)) as object)[0] ?? '';
    const code = sourceFiles()
      .filter(({ text }) => text.includes(name))
      .map(({ text }) => text)
      .join('\n');
    const byValue = code.includes('[');
    const unsaid = Object.keys(table).filter(
      (key) => !code.includes(`.${key}`) && !(byValue && code.includes(`'${key}'`)),
    );
    expect(unsaid).toEqual([]);
  });
});

describe('the message table', () => {
  it('has one area a file, one export each', async () => {
    for (const area of areas)
      expect(Object.keys(await import(new URL(`${area}.ts`, folder).href)), area).toHaveLength(1);
  });

  it('keeps commands, code and values where the other language has them', async () => {
    for (const area of areas)
      for (const [key, { en, ja }] of Object.entries(await tableOf(area)))
        expect(commandsIn(String(ja)), `${area}.${key}`).toEqual(commandsIn(String(en)));
  });

  it('is read from files that exist', () => {
    for (const area of areas) expect(readFileSync(new URL(`${area}.ts`, folder), 'utf8')).toContain('messages({');
  });
});

/** Slash commands a message offers, whatever their order. */
function commandsIn(text: string): string[] {
  return [...new Set(text.match(/(?<=`)\/[a-z]+/g) ?? [])].sort();
}
