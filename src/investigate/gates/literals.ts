import type { Evidence } from '../../domain/evidence.ts';
import { visible } from './visible.ts';

/** How much of one record is looked at; a quote from beyond is not found, and its sentence is taken out. */
const mostLeaves = 20_000;
const mostCharacters = 2_000_000;
const deepest = 32;

interface Walk {
  found: Set<string>;
  characters: number;
}

/**
 * Every text and number in what a tool returned, and the quotes and entities of its summary, each as one reader's line.
 * Nothing that is the query's own words, also where a tool repeats them: a model may have written them itself. A text
 * that is JSON (a raw record) is read as such, too.
 */
export function literalsOf(evidence: Evidence): string[] {
  const asked: Walk = { found: new Set(), characters: 0 };
  visit(evidence.query, 0, asked);
  const walk: Walk = { found: new Set(), characters: 0 };
  for (const part of evidence.summary) {
    if (typeof part === 'string') continue;
    if ('quote' in part) keep(part.quote, walk);
    if ('entity' in part) keep(part.entity.value, walk);
  }
  visit(evidence.result, 0, walk);
  return [...walk.found].filter((line) => !asked.found.has(line));
}

function visit(value: unknown, depth: number, walk: Walk): void {
  if (depth > deepest || walk.found.size >= mostLeaves || walk.characters >= mostCharacters) return;
  if (typeof value === 'string') {
    keep(value, walk);
    const inner = parsed(value);
    if (inner !== undefined) visit(inner, depth + 1, walk);
  } else if (typeof value === 'number') keep(String(value), walk);
  else if (value instanceof Date) keep(value.toISOString(), walk);
  else if (value !== null && typeof value === 'object')
    for (const item of Object.values(value)) visit(item, depth + 1, walk);
}

function keep(text: string, walk: Walk): void {
  const line = visible(text);
  if (line === '') return;
  walk.found.add(line);
  walk.characters += line.length;
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
