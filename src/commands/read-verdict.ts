import type { Language } from '../domain/locale.ts';
import { type Verdict, verdicts } from '../domain/verdict.ts';
import { listsWords } from '../messages/lists.ts';

const short: Record<string, Verdict> = { fp: 'false-positive', tp: 'true-positive', dup: 'duplicate' };

/** Verdicts a person may give. */
const givable = verdicts.filter((v) => v !== 'not-assessed');

/** Them, as they are typed. */
export function verdictList(language: Language): string {
  return givable.map((v) => `\`${v}\``).join(listsWords(language).and);
}

/** Splits `fp the scanner` or `false positive the scanner` into verdict and reason; undefined when there is no verdict. */
export function readVerdict(text: string): { verdict: Verdict; why: string } | undefined {
  const lower = text.toLowerCase();
  for (const [word, verdict] of Object.entries(short)) {
    if (lower === word || lower.startsWith(`${word} `)) return { verdict, why: text.slice(word.length).trim() };
  }
  for (const verdict of givable) {
    const match = new RegExp(`^${verdict.replace('-', '[- ]')}(?:\\s+|$)`, 'i').exec(text);
    if (match) return { verdict, why: text.slice(match[0].length).trim() };
  }
  return undefined;
}
