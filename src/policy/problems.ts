import type { z } from 'zod';
import { nearest } from '../domain/nearest.ts';
import type { PolicyProblem } from '../domain/policy.ts';
import type { LineOf } from './yaml-lines.ts';

/** Zod issues of one file as problems a person can act on: where, what, and what is allowed. */
export function problemsOf(path: string, issues: readonly z.core.$ZodIssue[], lineOf: LineOf): PolicyProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path,
        line: lineOf(issue.path, key),
        message: unknownKey(key, issue.message),
      }));
    }
    return [{ path, line: lineOf(issue.path), message: `${nameOf(issue.path)}${sentenceOf(issue)}` }];
  });
}

/** `"modee" is not known; did you mean "mode"? Allowed: mode, name.` */
export function notAllowed(what: string, got: unknown, allowed: readonly string[]): string {
  const near = typeof got === 'string' ? nearest(got, allowed) : undefined;
  const hint = near ? `; did you mean ${near}?` : '.';
  return `${what}${shown(got)} is not known${hint} Allowed: ${allowed.join(', ') || '(none)'}.`;
}

/** A value from a file as it may stand in a sentence: one line, cut, nothing invisible. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const clean = text.replace(/[\p{C}\p{Z}\s]+/gu, ' ').replaceAll('`', "'");
  return `"${clean.length > 60 ? `${clean.slice(0, 59)}…` : clean}"`;
}

/** `strict` in schemas/strict.ts makes the message the list of allowed keys; a connector's own schema does not. */
function unknownKey(key: string, message: string): string {
  if (message.startsWith('Unrecognized key')) return `Key ${shown(key)} is not known here.`;
  return notAllowed('Key ', key, message.split(' '));
}

function nameOf(path: readonly PropertyKey[]): string {
  let name = '';
  for (const step of path) name += typeof step === 'number' ? `[${step}]` : `${name === '' ? '' : '.'}${String(step)}`;
  return name === '' ? '' : `${name}: `;
}

const expectations: Record<string, string> = {
  string: 'text',
  object: 'lines of "key: value"',
  record: 'lines of "key: value"',
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
};

function sentenceOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeSentence(expectations[issue.expected] ?? issue.expected, issue.input);
    case 'invalid_value':
      if (issue.input === undefined) return `missing. Allowed: ${issue.values.map(String).join(', ')}.`;
      return notAllowed('', issue.input, issue.values.map(String));
    case 'too_small':
      return `${shown(issue.input)} is too ${small(issue.origin)}: at least ${issue.minimum}${unit(issue.origin)}.`;
    case 'too_big':
      return `too ${large(issue.origin)}: at most ${issue.maximum}${unit(issue.origin)}.`;
    default:
      return issue.message;
  }
}

function typeSentence(expected: string, input: unknown): string {
  if (input === undefined) return `missing; expected ${expected}.`;
  if (input === null) return `has no value; expected ${expected}.`;
  const quotes = expected === 'text' && typeof input !== 'object' ? ' (put it in quotes)' : '';
  return `expected ${expected}${quotes}, not ${shown(input)}.`;
}

function small(origin: string): string {
  return origin === 'number' || origin === 'int' ? 'small' : 'short';
}

function large(origin: string): string {
  return origin === 'number' || origin === 'int' ? 'large' : 'long';
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}
