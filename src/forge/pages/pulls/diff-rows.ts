import type { Annotation } from '../../state/entities.ts';

/** One line of a shown file: `old` and `now` are its numbers before and after. */
export interface DiffRow {
  kind: 'same' | 'added' | 'removed' | 'hunk' | 'far';
  old: number | null;
  now: number | null;
  text: string;
}

/** The rows of a unified diff as `git/line-diff.ts` writes it. */
export function diffRows(patch: string): DiffRow[] {
  let old = 0;
  let now = 0;
  return patch === ''
    ? []
    : patch.split('\n').map((line) => {
        const text = line.slice(1);
        const hunk = /^@@ -(\d+),\d+ \+(\d+),\d+ @@/.exec(line);
        if (hunk) {
          old = Number(hunk[1]);
          now = Number(hunk[2]);
          return { kind: 'hunk', old: null, now: null, text: line };
        }
        if (line.startsWith('+')) return { kind: 'added', old: null, now: now++, text };
        if (line.startsWith('-')) return { kind: 'removed', old: old++, now: null, text };
        return { kind: 'same', old: old++, now: now++, text };
      });
}

/** Adds the annotated lines a diff does not show, from the file's lines after the change. */
export function withAnnotatedLines(rows: DiffRow[], annotations: Annotation[], lines: string[]): DiffRow[] {
  const shown = new Set(rows.map((row) => row.now));
  const missing = [...new Set(annotations.map((one) => one.start_line))].filter((line) => !shown.has(line));
  const far = missing
    .sort((a, b) => a - b)
    .map((line): DiffRow => ({ kind: 'far', old: null, now: line, text: lines[line - 1] ?? '' }));
  const gap: DiffRow = { kind: 'hunk', old: null, now: null, text: '⋯' };
  return far.length > 0 && rows.length > 0 ? [...rows, gap, ...far] : [...rows, ...far];
}
