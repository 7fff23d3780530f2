import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { verdicts } from '../../src/domain/verdict.ts';
import { readFrontMatter } from '../../src/policy/front-matter.ts';
import { entityKeyed, type Truth, truthSchema } from './truth.ts';

const sources = ['generic', 'falco', 'guardduty', 'github'] as const;

/** A line of `alerts.ndjson`: what a product sends, and to which source. */
const sent = z.strictObject({ source: z.enum(sources), record: z.record(z.string(), z.unknown()) });
export type Sent = z.output<typeof sent>;

/** A line of `history.ndjson`: an earlier incident, and what people decided when they closed it. */
const earlier = z.strictObject({
  alerts: z.array(sent).min(1),
  /** When its alerts came in. */
  at: z.iso.datetime(),
  closed: z
    .strictObject({
      verdict: z.enum(verdicts).exclude(['not-assessed']),
      why: z.string().min(5),
      by: z.string().min(1),
    })
    .optional(),
});
export type Earlier = z.output<typeof earlier>;

/** An item of `replies.yml`: what a tool that asks outside is answered about an entity. */
const reply = z.strictObject({
  tool: z.string().min(1),
  entity: entityKeyed,
  outcome: z.enum(['found', 'nothing']),
  says: z.string().min(3),
  result: z.unknown(),
});
export type Reply = z.output<typeof reply>;

/** One incident of the evaluation: a folder of `test/incidents/`. */
export interface EvalCase {
  /** The folder's name. */
  name: string;
  alerts: Sent[];
  /** What every incident of the folder has behind it and what this one has, oldest first. */
  history: Earlier[];
  /** Folder laid over `examples/config-repo`; undefined when the incident needs no more than that says. */
  organization: string | undefined;
  /** What tools that ask outside are answered; all others are real. */
  replies: Reply[];
  truth: Truth;
  /** The story in plain words. */
  story: string;
}

const incidentsFolder = fileURLToPath(new URL('../../test/incidents/', import.meta.url));

/** All incidents there are, by name. */
export function loadCases(folder = incidentsFolder): EvalCase[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => loadCase(folder, entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What a folder may hold: a misspelt file would silently not be told. */
const files = ['alerts.ndjson', 'history.ndjson', 'organization', 'replies.yml', 'truth.md'];

/** One incident. Throws an error that names the file and what is wrong in it. */
function loadCase(folder: string, name: string): EvalCase {
  const stranger = readdirSync(`${folder}${name}`).find((file) => !files.includes(file));
  if (stranger !== undefined) throw new Error(`${name}/${stranger} would not be read; there are ${files.join(', ')}`);
  const path = (file: string) => `${folder}${name}/${file}`;
  const lines = <T>(file: string, schema: z.ZodType<T>): T[] =>
    (existsSync(path(file)) ? readFileSync(path(file), 'utf8') : '')
      .split('\n')
      .flatMap((line, k) =>
        line.trim() === '' ? [] : [checked(schema, JSON.parse(line), `${name}/${file}:${k + 1}`)],
      );
  const { value, problems } = readFrontMatter(readFileSync(path('truth.md'), 'utf8'));
  if (!value) throw new Error(`${name}/truth.md: ${problems.map(({ message }) => message).join(' ')}`);
  const alerts = lines('alerts.ndjson', sent);
  if (alerts.length === 0) throw new Error(`${name}/alerts.ndjson holds no alert`);
  return {
    name,
    alerts,
    history: [...lines('../history.ndjson', earlier), ...lines('history.ndjson', earlier)].sort(byTime),
    organization: existsSync(path('organization')) ? path('organization') : undefined,
    replies: existsSync(path('replies.yml'))
      ? checked(z.array(reply), parse(readFileSync(path('replies.yml'), 'utf8')), `${name}/replies.yml`)
      : [],
    truth: checked(truthSchema, value.data, `${name}/truth.md`),
    story: value.body.trim(),
  };
}

function byTime(a: Earlier, b: Earlier): number {
  return Date.parse(a.at) - Date.parse(b.at);
}

function checked<T>(schema: z.ZodType<T>, data: unknown, place: string): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new Error(`${place}: ${z.prettifyError(parsed.error)}`);
}
