import { missed, type Row, ratioOf } from './row.ts';

/** The rows as a plain table for a terminal: measure, figure, what stands beside it, ratio, goal, outcome. */
export function table(rows: Row[]): string {
  const head = ['measure', 'figure', 'beside', 'ratio', 'goal', ''];
  const cells = rows.map((row) => [
    row.what,
    `${number(row.figure)} ${row.unit}`,
    row.beside ? `${number(row.beside.figure)} ${row.beside.what}` : '',
    percent(ratioOf(row)),
    goal(row),
    outcome(row),
  ]);
  const widths = head.map((title, k) => Math.max(title.length, ...cells.map((row) => row[k]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, k) => pad(cell, widths[k] ?? 0, k))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}

function pad(cell: string, width: number, column: number): string {
  return column === 1 || column === 3 ? cell.padStart(width) : cell.padEnd(width);
}

function number(value: number): string {
  if (!Number.isFinite(value)) return 'none';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return Number(value.toPrecision(3)).toString();
}

function percent(ratio: number | undefined): string {
  return ratio === undefined ? '' : `${Math.round(ratio * 100)} %`;
}

function goal(row: Row): string {
  if (!row.goal) return '';
  const { of, at, value } = row.goal;
  return `${at === 'least' ? '≥' : '≤'} ${of === 'ratio' ? percent(value) : `${value} ${row.unit}`}`;
}

function outcome(row: Row): string {
  const verdict = missed(row);
  if (verdict === undefined) return '';
  return verdict ? 'missed' : 'reached';
}
