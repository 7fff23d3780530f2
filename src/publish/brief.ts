import { cutText } from '../domain/cut.ts';
import { defang } from '../domain/defang.ts';
import { maskSecrets } from '../domain/secrets.ts';
import type { Sentence } from '../domain/sentence.ts';
import { sentence } from './sentence.ts';
import { oneLine, plainStart } from './text.ts';

/** How much beyond the cut is looked at for secrets, so that one at the cut is still seen whole. */
const lookAhead = 8_192;

/** A quote shorter than this says nothing; a longer sentence around it gives way instead. */
const shortestQuote = 40;

/**
 * A sentence of a model as markdown that fits into a line of ours: about `limit` characters of it, without its full
 * stop, and never the beginning of a heading, list or fence.
 */
export function brief(parts: Sentence, limit = 400): string {
  return briefly(parts, limit).text;
}

/** The same, and whether anything was cut off. */
export function briefly(parts: Sentence, limit: number): { text: string; cut: boolean } {
  const kept: Sentence = [];
  let left = limit;
  let cut = false;
  for (const part of parts) {
    if (left <= 0) {
      kept.push('…');
      cut = true;
      break;
    }
    const short = shortened(part, left);
    kept.push(short.part);
    cut ||= short.cut;
    left = short.cut ? 0 : left - short.size;
    if (cut) break;
  }
  const last = kept.pop();
  if (last !== undefined) kept.push(typeof last === 'string' ? last.replace(/[.。\s]+$/, '') : last);
  return { text: plainStart(sentence(kept)), cut };
}

function shortened(part: Sentence[number], left: number): { part: Sentence[number]; size: number; cut: boolean } {
  if (typeof part === 'string') return shortText(part, left);
  if ('quote' in part) {
    const limit = Math.max(left, shortestQuote);
    const cut = part.quote.length > limit;
    return { part: { quote: cut ? oneLine(part.quote, limit) : part.quote }, size: part.quote.length + 2, cut };
  }
  return { part, size: 'entity' in part ? defang(part.entity).length + 2 : 6, cut: false };
}

/** What a cut leaves of a word; writing without spaces has none, and is cut between its signs. */
const brokenWord = /\s[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]*$/u;

/** Whole words, as many as fit. */
function shortText(text: string, left: number): { part: string; size: number; cut: boolean } {
  const line = maskSecrets(cutText(text, left + lookAhead)).replace(/\s+/g, ' ');
  if (line.length <= left && text.length <= left + lookAhead) return { part: line, size: line.length + 1, cut: false };
  return { part: `${cutText(line, left).replace(brokenWord, '')}…`, size: left, cut: true };
}
