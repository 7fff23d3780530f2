import { readVerdict } from '../../commands/read-verdict.ts';
import { YaguraError } from '../../domain/error.ts';
import { type Severity, severities } from '../../domain/severity.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import { readCsv } from './read-csv.ts';

/** What people decided about one alert in the process they have, as a row of a file says it. */
export interface Decision {
  /** 1-based line of the file. */
  line: number;
  time?: Date;
  id: string;
  title: string;
  severity?: Severity;
  verdict?: Verdict;
  who: string;
  /** What they put together; empty when it is not said. */
  group: string;
}

/** A row that could not be read, and why. */
export interface Unreadable {
  line: number;
  why: string;
}

export interface Decisions {
  rows: Decision[];
  unreadable: Unreadable[];
  /** Columns of the file that nothing reads. */
  ignored: string[];
}

const columns = ['time', 'id', 'title', 'severity', 'verdict', 'who', 'group'] as const;
type Column = (typeof columns)[number];

/** Rows of one file. */
const rowLimit = 200_000;

/**
 * Reads what people decided from CSV with a header. A row needs an `id`, or a `time` and a `title`. Times without a zone
 * are of `timeZone`. Throws `YaguraError('input')` when the header names no column that could find an alert.
 */
export function readDecisions(text: string, timeZone: string): Decisions {
  const [head, ...records] = readCsv(text);
  const names = head?.fields.map((name) => name.trim().toLowerCase()) ?? [];
  const twice = columns.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined) throw new YaguraError('input', `The column ${twice} stands twice in the header.`);
  if (!names.includes('id') && !(names.includes('time') && names.includes('title')))
    throw new YaguraError('input', 'The first line has to name the columns: id, or time and title, are needed.', {
      hint: `Columns: ${columns.join(', ')}.`,
    });
  if (records.length > rowLimit) throw new YaguraError('input', `A file may have ${rowLimit} rows; this one has more.`);
  const found: Decisions = {
    rows: [],
    unreadable: [],
    ignored: names.filter((name) => !(columns as readonly string[]).includes(name)),
  };
  for (const { line, fields } of records) {
    const cell = (name: Column) => fields[names.indexOf(name)]?.trim() ?? '';
    const row = fields.length > names.length ? 'it has more fields than the header' : readRow(line, cell, timeZone);
    if (typeof row === 'string') found.unreadable.push({ line, why: row });
    else found.rows.push(row);
  }
  return found;
}

function readRow(line: number, cell: (name: Column) => string, timeZone: string): Decision | string {
  const [id, title, who, group] = [cell('id'), cell('title'), cell('who'), cell('group')];
  const time = cell('time') === '' ? undefined : readTime(cell('time'), timeZone);
  if (time === 'unknown')
    return `${JSON.stringify(cell('time'))} is no time such as 2026-03-02 14:05 or 2026-03-02T05:05:00Z`;
  if (id === '' && (time === undefined || title === '')) return 'it has neither an id nor a time and a title';
  const severity = severities.find((one) => one === cell('severity').toLowerCase());
  if (cell('severity') !== '' && severity === undefined)
    return `${JSON.stringify(cell('severity'))} is no severity; allowed: ${severities.slice(1).join(', ')}`;
  const read = cell('verdict') === '' ? undefined : readVerdict(cell('verdict').replaceAll('_', '-'));
  if (cell('verdict') !== '' && read === undefined)
    return `${JSON.stringify(cell('verdict'))} is no verdict; write tp, fp, benign, suspicious or another of docs/config-repo.md`;
  const decision: Decision = { line, id, title, who, group };
  if (time !== undefined) decision.time = time;
  if (severity !== undefined) decision.severity = severity;
  if (read !== undefined) decision.verdict = read.verdict;
  return decision;
}

/** A moment with its zone, or a day with or without a time on the clock of `timeZone`. */
export function readTime(text: string, timeZone: string): Date | 'unknown' {
  const [, day, clock = '00:00', seconds = '00', zone] =
    /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text.trim()) ??
    [];
  const wall = new Date(`${day}T${clock}:${seconds}Z`);
  if (Number.isNaN(wall.getTime()) || wall.toISOString().slice(0, 10) !== day) return 'unknown';
  if (zone === undefined) return instantOf(wall.getTime(), timeZone);
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  return new Date(`${day}T${clock}:${seconds}${offset}`);
}
