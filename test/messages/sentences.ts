import { readdirSync, readFileSync } from 'node:fs';
import { parseAst } from 'vite';

const root = new URL('../../', import.meta.url);

/** Every TypeScript file of the app and its tools, paths relative to the checkout. */
export function sourceFiles(): { path: string; text: string }[] {
  return ['src', 'tools'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.startsWith('messages/'))
      .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(new URL(`${folder}/${path}`, root), 'utf8') })),
  );
}

/** Calls whose texts nobody reads on GitHub: errors and log lines are the operator's, queries the database's. */
const notForReaders = /(?:Error|^log|\.log|\.info|\.warn|\.query|\.copy)$/;

/** Two words with a space between: a sentence or a piece of one. */
const words = /\p{L}{2,}[,:;]? \p{L}{2,}/u;

interface Node {
  type: string;
  start: number;
  end: number;
  [part: string]: unknown;
}

/**
 * Texts in the code of a file that a person would read as words, as `line: text`: string literals and the fixed parts
 * of templates, without those of errors, log lines, queries and types.
 */
export function sentencesIn(path: string, text: string): string[] {
  const found: string[] = [];
  const tell = (node: Node, literal: string) => {
    if (words.test(literal)) found.push(`${text.slice(0, node.start).split('\n').length}: ${literal.slice(0, 80)}`);
  };
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) {
      for (const one of part) visit(one);
      return;
    }
    if (!isNode(part) || part.type.startsWith('TS') || /^(?:Import|Throw)/.test(part.type)) return;
    const called = part.callee;
    if (isNode(called) && notForReaders.test(text.slice(called.start, called.end))) return;
    if (part.type === 'Literal' && typeof part.value === 'string') tell(part, part.value);
    if (part.type === 'TemplateLiteral') tell(part, (part.quasis as Node[]).map(rawOf).join('…'));
    for (const [name, child] of Object.entries(part)) if (name !== 'quasis') visit(child);
  };
  visit(parseAst(text, { lang: 'ts' }, path));
  return found;
}

function rawOf(quasi: Node): string {
  return (quasi.value as { cooked: string }).cooked;
}

function isNode(part: unknown): part is Node {
  return typeof part === 'object' && part !== null && 'type' in part && typeof part.type === 'string';
}
