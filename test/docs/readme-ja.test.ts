import { describe, expect, it } from 'vitest';
import { read, shellCommands, tableBelow } from './pages.ts';

const english = read('README.md');
const japanese = read('README.ja.md');

/** Fenced blocks with their language; of a listing of files only the names, since what they are is told in words. */
function blocks(text: string): string[] {
  return [...text.matchAll(/^( *)```(\w+)\n([\s\S]*?)\n\1```$/gm)].map(([, , language, body = '']) => {
    const shown = language === 'text' ? body.replace(/ {2,}.*$/gm, '') : body;
    return `${language}\n${shown}`;
  });
}

function withoutBlocks(text: string): string {
  return text.replace(/^( *)```\w+\n[\s\S]*?\n\1```$/gm, '');
}

function all(text: string, pattern: RegExp): string[] {
  return [...withoutBlocks(text).matchAll(pattern)].map(([whole, found]) => found ?? whole);
}

const distinct = (found: string[]) => [...new Set(found)].sort();

describe('the Japanese README', () => {
  it('has the same headings, level by level', () => {
    const levels = (text: string) => all(text, /^(#+) /gm);
    expect(levels(japanese)).toEqual(levels(english));
  });

  it('has the same commands and code', () => {
    expect(blocks(japanese)).toEqual(blocks(english));
    expect(shellCommands(japanese)).toEqual(shellCommands(english));
    expect(blocks(english).length).toBeGreaterThan(5);
  });

  it('names the same settings, files and words to type', () => {
    const code = (text: string) => distinct(all(text, /`([^`]+)`/g));
    expect(code(japanese)).toEqual(code(english));
  });

  it('has the same settings in the same order, with the same defaults', () => {
    const rows = (text: string, heading: string) =>
      tableBelow(text, heading).map((cells) => cells.slice(0, 2).map((cell) => cell.match(/`[^`]+`/g) ?? []));
    expect(rows(japanese, '### 設定')).toEqual(rows(english, '### Settings'));
    expect(rows(english, '### Settings').length).toBeGreaterThan(15);
  });

  it('leads to the same pages and pictures, and each to the other', () => {
    const targets = (text: string, own: string) =>
      distinct(all(text, /(?:\]\(|<img src=")([^)"\s]+)/g)).filter((target) => target !== own);
    expect(targets(japanese, 'README.md')).toEqual(targets(english, 'README.ja.md'));
    expect(english).toContain('[日本語](README.ja.md)');
    expect(japanese).toContain('[English](README.md)');
  });

  it('has as many steps, points and rows', () => {
    const lines = (text: string) => all(text, /^ *(\d+\.|-|\|) /gm);
    expect(lines(japanese)).toEqual(lines(english));
  });
});
