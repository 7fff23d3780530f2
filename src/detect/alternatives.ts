import { type Glob, joinGlobs, readGlob } from './glob.ts';

/** Why a value or its modifiers cannot be read; a sentence for the author of the rule. */
export class ModifierError extends Error {}

/** A rule that asks more than one rule may. */
export class TooMuchError extends ModifierError {}

/** A rule that needs values nobody supplied: it is switched off, not wrong. */
export class PlaceholderError extends Error {}

/** Values a placeholder stands for, by its name without the per cent signs. */
export type Placeholders = ReadonlyMap<string, readonly string[]>;

/** Most values one value may become by `windash` and `expand`: 5 dashes at 5 places are 3,125. */
export const mostAlternatives = 4_096;

/** Dashes Windows programs take for each other (appendix of modifiers, "windash"). */
const dashForms = ['-', '/', '–', '—', '―'];
/** Where a dash begins a parameter, not where it stands inside a word (as pySigma reads it). */
const parameterDash = /(?<!\w)[-/–—―](?=\w)/;

/** A value in every form its parameters' dashes may have. */
export function dashes(glob: Glob): Glob[] {
  let forms: Glob[] = [[]];
  for (const part of glob) {
    const pieces = typeof part === 'string' ? splitAtDashes(part) : [[part]];
    for (const choices of pieces) {
      forms = forms.flatMap((form) => choices.map((choice) => [...form, choice]));
      if (forms.length > mostAlternatives) throw new TooMuchError(`makes more than ${mostAlternatives} values of one`);
    }
  }
  return forms.map((form) => joinGlobs(form));
}

/** A literal as pieces with what may stand at each: text as it is, a parameter's dash in all its forms. */
function splitAtDashes(literal: string): string[][] {
  const pieces: string[][] = [];
  let from = 0;
  for (const found of literal.matchAll(new RegExp(parameterDash, 'g'))) {
    if (found.index > from) pieces.push([literal.slice(from, found.index)]);
    pieces.push(dashForms);
    from = found.index + 1;
  }
  if (from < literal.length) pieces.push([literal.slice(from)]);
  return pieces;
}

/** `%name%`, where the first per cent sign is not escaped. */
const placeholder = /(?<!\\)%([^%]+)%/g;

/** A value with its placeholders replaced, once for each of their values. Throws `PlaceholderError`. */
export function expand(glob: Glob, placeholders: Placeholders): Glob[] {
  let forms: Glob[] = [[]];
  for (const part of glob) {
    const pieces: Glob[][] = typeof part === 'string' ? splitAtPlaceholders(part, placeholders) : [[[part]]];
    for (const choices of pieces) {
      forms = forms.flatMap((form) => choices.map((choice) => joinGlobs(form, choice)));
      if (forms.length > mostAlternatives) throw new TooMuchError(`makes more than ${mostAlternatives} values of one`);
    }
  }
  return forms;
}

function splitAtPlaceholders(literal: string, placeholders: Placeholders): Glob[][] {
  const plain = (text: string): Glob[][] => (text === '' ? [] : [[[text.replaceAll('\\%', '%')]]]);
  const pieces: Glob[][] = [];
  let from = 0;
  for (const found of literal.matchAll(placeholder)) {
    const [whole, name = ''] = found;
    const values = placeholders.get(name);
    if (!values?.length) throw new PlaceholderError(name);
    pieces.push(...plain(literal.slice(from, found.index)), values.map(readGlob));
    from = found.index + whole.length;
  }
  return [...pieces, ...plain(literal.slice(from))];
}
