import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPlugins } from '../../src/plugins.ts';
import type { AlertSource, EventSource, Source } from '../../src/sources/source.ts';

const root = join(import.meta.dirname, '..', '..');
const sources = await loadPlugins<Source>(new URL('../../src/sources/', import.meta.url), ['source']);

/** What every fixture is read with. */
export const context = { receivedAt: new Date('2026-03-01T13:00:00Z') };

export const alertSources = [...sources].filter((one): one is [string, AlertSource] => 'parse' in one[1]);
export const eventSources = [...sources].filter((one): one is [string, EventSource] => 'read' in one[1]);

/** The records of a source under `test/fixtures/sources`; a `.log` is a line of text. */
export function fixtures(name: string): [file: string, record: unknown][] {
  const below = join(root, 'test', 'fixtures', 'sources', name);
  const files = existsSync(below) ? readdirSync(below).filter((file) => /\.(?:json|log)$/.test(file)) : [];
  return files.map((file) => {
    const text = readFileSync(join(below, file), 'utf8');
    return [file, file.endsWith('.json') ? JSON.parse(text) : text.replace(/\n$/, '')];
  });
}

/** The record with about one value in eight replaced by noise, at any depth. */
export function spoil(value: unknown, noise: Iterator<unknown>, seed: number, depth: number): unknown {
  const roll = (seed >> (depth % 24)) ^ (depth * 2_654_435_761);
  if (depth > 0 && (roll & 7) === 0) return noise.next().value;
  if (Array.isArray(value)) return value.map((item, i) => spoil(item, noise, seed, depth + 1 + i));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([k, v], i) => [k, spoil(v, noise, seed, depth + 1 + i * 3)]));
}
