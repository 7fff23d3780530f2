import { YaguraError } from '../../domain/error.ts';

/** A record of a CSV file and the line it begins on. */
export interface CsvRecord {
  line: number;
  fields: string[];
}

/**
 * Reads CSV as RFC 4180 has it: fields in quotes may hold commas, line ends and doubled quotes; lines end with CRLF or
 * LF; a byte order mark is left out; blank lines are no records. Throws `YaguraError('input')` where a quote is never
 * closed or text follows one.
 */
export function readCsv(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let line = 1;
  let begun = 1;
  let fields: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const end = (): void => {
    if (fields.length > 1 || fields[0] !== '') records.push({ line: begun, fields });
    fields = [];
    begun = line;
  };
  while (at < text.length) {
    if (text[at] === '"') {
      const quoted = readQuoted(text, at, line);
      fields.push(quoted.field);
      line += quoted.lines;
      at = quoted.next;
    } else {
      const stop = fieldEnd(text, at);
      fields.push(text.slice(at, stop));
      at = stop;
    }
    if (text[at] === ',') {
      at += 1;
      if (at === text.length) fields.push('');
      continue;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    end();
  }
  if (fields.length > 0) end();
  return records;
}

function readQuoted(text: string, from: number, line: number): { field: string; next: number; lines: number } {
  let field = '';
  let at = from + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) throw new YaguraError('input', `Line ${line} opens a quote that is never closed.`);
    field += text.slice(at, close);
    if (text[close + 1] !== '"') {
      const lines = field.split('\n').length - 1;
      const next = close + 1;
      if (next < text.length && !',\r\n'.includes(text[next] ?? ''))
        throw new YaguraError('input', `Line ${line + lines} has text behind a closing quote.`);
      return { field, next, lines };
    }
    field += '"';
    at = close + 2;
  }
}

function fieldEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === ',' || sign === '\n' || (sign === '\r' && text[at + 1] === '\n')) return at;
  }
  return text.length;
}
