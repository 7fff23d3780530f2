import { describe, expect, it } from 'vitest';
import { languages } from '../../src/domain/locale.ts';
import { notesOf } from '../../src/publish/notes.ts';
import { renderIssue } from '../../src/publish/render-issue.ts';
import { inJapanese } from './japanese.ts';
import { cryptomining } from './stories.ts';

const written = '09:10 に jo へ確認。まだ返事なし。\n\n**Notes** are here, 漢字 too\n- [ ] call';

function inLanguage(language: 'en' | 'ja', notes: string) {
  const view = language === 'ja' ? inJapanese(cryptomining()) : cryptomining();
  return renderIssue({ ...view, notes }).body;
}

describe('the section that belongs to people', () => {
  it.each(languages)('is read back from a body in %s, whatever the language is now', (language) => {
    const body = inLanguage(language, '');
    expect(notesOf(body)).toBe('');
    const edited = body.replace('\n\n<!-- yagura:notes-end -->', `\n\n${written}\n\n<!-- yagura:notes-end -->`);
    for (const next of languages) {
      const rendered = inLanguage(next, notesOf(edited) ?? 'lost');
      expect(notesOf(rendered)).toBe(written);
      expect(rendered.match(/yagura:notes-end/g)).toHaveLength(1);
    }
  });

  it('keeps a heading of the other language that people wrote into it', () => {
    const heading =
      inLanguage('ja', '')
        .split('\n')
        .find((line) => line.startsWith('**メモ**')) ?? '';
    expect(heading).not.toBe('');
    const notes = `before\n\n${heading}\n\nafter`;
    expect(notesOf(inLanguage('en', notes))).toBe(notes);
  });
});
