import { canonicalValue } from '../../domain/canonical-value.ts';
import type { Entity } from '../../domain/entity.ts';
import { entityTypes } from '../../domain/entity.ts';
import type { Sentence } from '../../domain/sentence.ts';
import type { Ground } from './ground.ts';
import { folded, type Indicator, indicatorsIn, letter, other } from './indicators.ts';
import { hasMarkup } from './markup.ts';
import { quotations } from './quotations.ts';
import { visible } from './visible.ts';

/** Why a sentence of a model is not shown; counted and told in the report. */
export const dropReasons = [
  'cites nothing',
  'names evidence that does not exist',
  'quotes what is not there',
  'names an indicator no evidence has',
  'holds a link or markup',
  'is too long',
  'says nothing',
] as const;
export type DropReason = (typeof dropReasons)[number];

/** Longest sentence. A longer one is taken out, not cut: half a sentence may say the opposite. */
const sentenceLimit = 400;

/** Citations within a sentence, which the renderer writes behind it anyway. */
const citation = /(?:\s*\[E\d+(?:,\s*E\d+)*\])+(?![([:])/g;

/** A bracketed evidence id, also one written with a letter that only looks like an E. */
const bracketed = /[[(【（]\s*((?:\p{L}\d{1,5}[\s,、;]*)+)[\])】）]/gu;
const looksLikeE = /^[EeЕеΕεᎬⴹ∃ЄЁё]/u;

/**
 * Holds one sentence of a model against what it may rest on: the evidence `cited` (for what is no claim, all of the
 * incident's). Quoted text becomes `{quote}` and indicators become `{entity}`, so that both leave only as code.
 */
export function gateSentence(
  given: string,
  ground: Ground,
  cited: readonly string[],
): { text: Sentence } | { dropped: DropReason } {
  if (given.length > 8 * sentenceLimit) return { dropped: 'is too long' };
  const written = visible(given).replace(/\*\*|~~/g, '');
  if (namesOtherEvidence(written, cited)) return { dropped: 'names evidence that does not exist' };
  const text = written.replace(citation, '').trim();
  if (text.length > sentenceLimit) return { dropped: 'is too long' };
  if (!/[\p{L}\p{N}]/u.test(text)) return { dropped: 'says nothing' };
  const runs = quotations(text);
  if (runs === undefined) return { dropped: 'quotes what is not there' };
  if (hasMarkup(runs.map((run) => (run.quoted ? '\uFFFC' : run.text)).join('')))
    return { dropped: 'holds a link or markup' };
  const sentence: Sentence = [];
  for (const run of runs) {
    const parts = run.quoted ? quoteOf(run.text, ground, cited) : partsOf(run.text, ground, cited);
    if (!Array.isArray(parts)) return parts;
    sentence.push(...parts);
  }
  return { text: sentence };
}

/** A quotation: an entity of the incident, or text that stands in one of the cited records. */
function quoteOf(quote: string, ground: Ground, cited: readonly string[]): Sentence | { dropped: DropReason } {
  const entity = knownEntity(folded(quote), ground);
  if (entity) return [{ entity }];
  if (/[\p{L}\p{N}]/u.test(quote) && literals(ground, cited).some((literal) => literal.includes(quote)))
    return [{ quote }];
  // A model writes kana in one form, file names of a Mac hold another.
  const composed = quote.normalize('NFC');
  if (/[^\p{ASCII}]/u.test(composed) && composedLiterals(ground, cited).some((literal) => literal.includes(composed)))
    return [{ quote: composed }];
  const [only, ...more] = indicatorsIn(quote);
  const defanged = typeof only === 'object' && more.length === 0 ? resolve(only, ground, cited) : undefined;
  return defanged ? [{ entity: defanged }] : { dropped: 'quotes what is not there' };
}

function partsOf(text: string, ground: Ground, cited: readonly string[]): Sentence | { dropped: DropReason } {
  const sentence: Sentence = [];
  for (const part of indicatorsIn(text)) {
    const entity = typeof part === 'string' ? undefined : resolve(part, ground, cited);
    const later = typeof part === 'string' || entity ? undefined : beginningLater(part, ground, cited);
    if (later) {
      sentence.push(...later);
      continue;
    }
    if (typeof part !== 'string' && !entity) return { dropped: 'names an indicator no evidence has' };
    // `context/hosts/web-01.md` ends like a domain name of Moldova, and no more than that.
    const path = typeof part !== 'string' && part.written.endsWith('.md') && String(sentence.at(-1)).endsWith('/');
    sentence.push(typeof part === 'string' || path || !entity ? writtenOf(part) : { entity });
  }
  return sentence;
}

function writtenOf(part: string | Indicator): string {
  return typeof part === 'string' ? part : part.written;
}

/** The entity an indicator is, when the incident or a cited record has it. */
function resolve(found: Indicator, ground: Ground, cited: readonly string[]): Entity | undefined {
  const known = knownEntity(found.value, ground);
  if (known) return known;
  const { type, value } = found;
  const there = foldedLiterals(ground, cited).some(
    (literal) => standsIn(value, literal) || standsIn(found.written, literal),
  );
  return there ? { type, value } : undefined;
}

const labelBeforeLatin = new RegExp(String.raw`^${other}+(?=\..*[a-z]$)`, 'iu');

/** Words stand before a Japanese name without a space, so a name that is known may begin within its first label. */
function beginningLater(found: Indicator, ground: Ground, cited: readonly string[]): Sentence | undefined {
  const [label = ''] = labelBeforeLatin.exec(found.written) ?? [];
  for (let at = Math.max(1, label.length - 63); at < label.length; at++) {
    const written = found.written.slice(at);
    const value = canonicalValue(found.type, written) ?? written;
    const entity = resolve({ type: found.type, value, written }, ground, cited);
    if (entity) return [found.written.slice(0, at), { entity }];
  }
  return undefined;
}

/** An entity of the incident with this value, of whatever type; also the host of a link it has. */
function knownEntity(text: string, ground: Ground): Entity | undefined {
  for (const type of entityTypes) {
    const value = canonicalValue(type, text);
    const entity = value === undefined ? undefined : ground.entities.get(`${type}:${value}`);
    if (entity) return entity;
  }
  const domain = canonicalValue('domain', text) ?? canonicalValue('ip', text);
  const linked = [...ground.entities.values()].some(({ type, value }) => type === 'url' && hostOf(value) === domain);
  return domain !== undefined && linked
    ? { type: /^[\d.]+$|:/.test(domain) ? 'ip' : 'domain', value: domain }
    : undefined;
}

function hostOf(url: string): string | undefined {
  return URL.parse(url)?.hostname.replace(/^\[|\]$/g, '');
}

/** Folding a long record costs; it is asked about once for every indicator of every sentence. */
const foldedTexts = new WeakMap<readonly string[], string[]>();

function foldedLiterals(ground: Ground, cited: readonly string[]): string[] {
  return cited.flatMap((id) => {
    const given = ground.literals.get(id) ?? [];
    const known = foldedTexts.get(given) ?? given.map((literal) => folded(literal).toLowerCase());
    foldedTexts.set(given, known);
    return known;
  });
}

const composedTexts = new WeakMap<readonly string[], string[]>();

function composedLiterals(ground: Ground, cited: readonly string[]): string[] {
  return cited.flatMap((id) => {
    const given = ground.literals.get(id) ?? [];
    const known = composedTexts.get(given) ?? given.map((literal) => literal.normalize('NFC'));
    composedTexts.set(given, known);
    return known;
  });
}

/** Whether a value stands in a folded text, and not as a part of a longer name or number. */
function standsIn(value: string, text: string): boolean {
  const wanted = value.toLowerCase();
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const before = text.slice(Math.max(0, at - 2), at);
    const after = text.slice(at + wanted.length, at + wanted.length + 2);
    const [opens, closes] = [goesOn(wanted.at(0)), goesOn(wanted.at(-1))];
    if (!opens.before.test(before) && !closes.after.test(after)) return true;
  }
  return false;
}

/** Kana and kanji go on behind a Latin name without a space, and are no part of it; of a name of their own they are. */
const latin = {
  before: new RegExp(String.raw`(?:${letter}|${letter}\.)$`, 'iu'),
  after: new RegExp(String.raw`^(?:${letter}|\.${letter})`, 'iu'),
};
const any = { before: /(?:[\p{L}\p{N}_-]|[\p{L}\p{N}]\.)$/u, after: /^(?:[\p{L}\p{N}_-]|\.[\p{L}\p{N}])/u };

function goesOn(sign: string | undefined): typeof any {
  return sign !== undefined && /\p{L}/u.test(sign) && !latin.before.test(sign) ? any : latin;
}

function literals(ground: Ground, cited: readonly string[]): string[] {
  return cited.flatMap((id) => ground.literals.get(id) ?? []);
}

/** Whether a text names in brackets an evidence id that it does not cite. */
function namesOtherEvidence(text: string, cited: readonly string[]): boolean {
  const named = [...text.matchAll(bracketed)].flatMap((match) => (match[1] ?? '').match(/\p{L}\d+/gu) ?? []);
  return named.some((id) => looksLikeE.test(id.normalize('NFKC')) && !cited.includes(id));
}
