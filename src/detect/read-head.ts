import { type Level, levels, type RuleHead } from './rule.ts';

const statuses = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'];

/** Namespace and value (appendix of tags). */
const tagForm = /^[a-z0-9_-]+\.[a-z0-9._-]+$/;

/** What neither a person nor a database can tell apart or keep: controls and halves of characters. */
export const unprintable = /[\p{Cc}\p{Cs}]/u;

/** Something wrong at a place of a document; `path` leads to it. */
export interface Fault {
  path: (string | number)[];
  message: string;
}

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a document of any kind says of itself (rules specification, "Components"); faults are added to `faults`. */
export function readHead(document: Fields, at: { path: string; line: number }, faults: Fault[]): RuleHead {
  const { title, id, level, status } = document;
  if (typeof title !== 'string' || title.trim() === '')
    faults.push({ path: ['title'], message: 'A title is missing.' });
  else if (title.length > 256) faults.push({ path: ['title'], message: 'The title is longer than 256 characters.' });
  for (const key of ['title', 'id', 'name'])
    if (typeof document[key] === 'string' && unprintable.test(document[key]))
      faults.push({ path: [key], message: `The ${key} has line breaks or other control characters in it.` });
  if (id !== undefined && (typeof id !== 'string' || id === ''))
    faults.push({ path: ['id'], message: 'The id is not a text.' });
  if (level !== undefined && !levels.includes(level as Level))
    faults.push({ path: ['level'], message: `The level ${JSON.stringify(level)} is none of ${levels.join(', ')}.` });
  if (status !== undefined && !statuses.includes(status as string))
    faults.push({
      path: ['status'],
      message: `The status ${JSON.stringify(status)} is none of ${statuses.join(', ')}.`,
    });
  const tags = texts(document, 'tags', faults);
  const strange = tags.find((tag) => !tagForm.test(tag));
  if (strange !== undefined)
    faults.push({ path: ['tags'], message: `"${strange}" is no tag such as attack.t1059 or cve.2024-12345.` });
  const head: RuleHead = {
    id: typeof id === 'string' ? id : '',
    title: typeof title === 'string' ? title : '',
    tags,
    references: texts(document, 'references', faults),
    falsepositives: texts(document, 'falsepositives', faults),
    ...at,
  };
  for (const key of ['name', 'author', 'status', 'license', 'description'] as const) {
    const value = document[key];
    if (typeof value === 'string') head[key] = value;
    // Attribution must not be lost to a list where a text is expected.
    else if (key === 'author' && Array.isArray(value)) head.author = value.map(String).join(', ');
    else if (value !== undefined && value !== null) faults.push({ path: [key], message: `"${key}" is a text.` });
  }
  if (levels.includes(level as Level)) head.level = level as Level;
  return head;
}

/** A list of texts; a text alone counts as a list of one. */
export function texts(document: Fields, key: string, faults: Fault[]): string[] {
  const value = document[key];
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value : [value];
  if (!list.every((entry) => typeof entry === 'string' || typeof entry === 'number')) {
    faults.push({ path: [key], message: `"${key}" is a list of texts.` });
    return [];
  }
  return list.map(String);
}
