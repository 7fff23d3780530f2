/** A unified diff of two texts, and how many lines came and went. */
export interface LineDiff {
  additions: number;
  deletions: number;
  patch: string;
}

type Step = ' ' | '-' | '+';
interface Line {
  step: Step;
  text: string;
}

/** Lines of context around a change, as git shows. */
const CONTEXT = 3;
/** Beyond this many cells the table costs more than the reader gains; the middle is shown as replaced. */
const MOST_CELLS = 4_000_000;

/** Compares two texts line by line by their longest common subsequence. */
export function lineDiff(before: string, after: string): LineDiff {
  const lines = align(linesOf(before), linesOf(after));
  const count = (step: Step) => lines.filter((line) => line.step === step).length;
  return { additions: count('+'), deletions: count('-'), patch: hunks(lines).join('\n') };
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

function align(a: string[], b: string[]): Line[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const same = (part: string[]) => part.map((text) => ({ step: ' ' as const, text }));
  const middle = alignMiddle(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return [...same(a.slice(0, head)), ...middle, ...same(a.slice(a.length - tail))];
}

function alignMiddle(a: string[], b: string[]): Line[] {
  const width = b.length + 1;
  const wide = a.length * b.length > MOST_CELLS;
  const lengths = wide ? null : commonLengths(a, b, width);
  const at = (i: number, j: number) => lengths?.[i * width + j] ?? 0;
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (lengths && i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ step: ' ', text: a[i++] ?? '' });
      j++;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ step: '-', text: a[i++] ?? '' });
    } else lines.push({ step: '+', text: b[j++] ?? '' });
  }
  return lines;
}

function commonLengths(a: string[], b: string[], width: number): Uint32Array {
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const down = lengths[(i + 1) * width + j] ?? 0;
      const right = lengths[i * width + j + 1] ?? 0;
      const diagonal = (lengths[(i + 1) * width + j + 1] ?? 0) + 1;
      lengths[i * width + j] = a[i] === b[j] ? diagonal : Math.max(down, right);
    }
  }
  return lengths;
}

function hunks(lines: Line[]): string[] {
  const out: string[] = [];
  const changed = lines.flatMap((line, index) => (line.step === ' ' ? [] : [index]));
  let start = 0;
  while (start < changed.length) {
    let end = start;
    while (end + 1 < changed.length && (changed[end + 1] ?? 0) - (changed[end] ?? 0) <= CONTEXT * 2) end++;
    const from = Math.max(0, (changed[start] ?? 0) - CONTEXT);
    const to = Math.min(lines.length, (changed[end] ?? 0) + CONTEXT + 1);
    out.push(header(lines, from, to), ...lines.slice(from, to).map((line) => line.step + line.text));
    start = end + 1;
  }
  return out;
}

function header(lines: Line[], from: number, to: number): string {
  const span = (skip: Step) => {
    const start = lines.slice(0, from).filter((line) => line.step !== skip).length;
    const count = lines.slice(from, to).filter((line) => line.step !== skip).length;
    return `${count === 0 ? start : start + 1},${count}`;
  };
  return `@@ -${span('+')} +${span('-')} @@`;
}
