import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export function read(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}

/** Pages for people, by path from the root. */
export function pages(): string[] {
  return globSync(['*.md', 'docs/**/*.md', 'prompts/*.md', 'examples/alerts/*.md'], { cwd: root }).sort();
}

/** The commands of a page's `sh` blocks, a continued one as one. */
export function shellCommands(page: string): string[] {
  return [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** First cells of the table rows below a heading, up to the next heading of any level. */
export function tableBelow(page: string, heading: string): string[][] {
  const from = page.indexOf(`${heading}\n`);
  if (from < 0) return [];
  const [section = ''] = page.slice(from + heading.length).split(/^#+ /m);
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
