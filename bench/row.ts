/** One measured thing, with what it is held against. */
export interface Row {
  /** `singles.rate`: stable, for whoever reads the JSON. */
  id: string;
  what: string;
  figure: number;
  unit: string;
  /** The same work without us, measured in the same run. */
  beside?: { what: string; figure: number };
  /** What was set out for: of the figure itself, or of its ratio to `beside`. */
  goal?: { of: 'figure' | 'ratio'; at: 'least' | 'most'; value: number };
}

/** Figure over what stands beside it; undefined when nothing does. */
export function ratioOf(row: Row): number | undefined {
  return row.beside && row.beside.figure > 0 ? row.figure / row.beside.figure : undefined;
}

/** Whether the goal was missed; undefined when there is none. */
export function missed(row: Row): boolean | undefined {
  if (!row.goal) return undefined;
  const value = row.goal.of === 'figure' ? row.figure : ratioOf(row);
  // Nothing measured is a missed goal: a benchmark that looked at nothing must not look good.
  if (value === undefined || !Number.isFinite(value)) return true;
  return row.goal.at === 'least' ? value < row.goal.value : value > row.goal.value;
}
