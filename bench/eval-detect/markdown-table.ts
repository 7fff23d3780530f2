/** A table as markdown; pipes inside cells are escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  const align = head.map((_, k) => (rows.every((row) => typeof row[k] === 'number') ? '---:' : '---'));
  return [line(head), line(align), ...rows.map(line)].join('\n');
}

/** "12 of 20 (60 %)". */
export function share(part: number, all: number): string {
  return all === 0 ? 'none' : `${part} of ${all} (${Math.round((100 * part) / all)} %)`;
}
