import { expect, it } from 'vitest';
import { ownImports, packageImports } from '../architecture/imports.ts';

/** What could change something, or reach somebody: none of it may be had by an investigation, however far round. */
const forbidden = /^src\/(github|respond\/connectors|run|store|forge|ingest|commands|app\.ts|index\.ts)/;

/** Everything a file imports, and what that imports. */
function reach(from: string[], imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>();
  const open = [...from];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    open.push(...(imports.get(path) ?? []));
  }
  return seen;
}

const imports = ownImports();
const packages = packageImports();
const process = 'src/agent.ts';
const starts = [...imports.keys()].filter((path) => /^(src\/investigate|tools)\//.test(path) || path === process);

it('there are investigators and tools to check', () => {
  expect(starts.length).toBeGreaterThan(5);
  expect(starts).toContain(process);
  expect(reach([process], imports)).toContain('src/investigate/agent/loop.ts');
});

it.each(starts)('%s reaches nothing that can change anything', (path) => {
  expect([...reach([path], imports)].filter((found) => forbidden.test(found))).toEqual([]);
});

it.each(starts)('%s loads no package that talks to anybody', (path) => {
  const found = [...reach([path], imports)].flatMap((one) => packages.get(one) ?? []);
  const silent = ['zod', 'minisearch', 'ipaddr.js', 'ioc-extractor', 'fanger'];
  // Its process talks to the model, and to nobody else.
  const allowed = path === process ? [...silent, '@anthropic-ai/sdk'] : silent;
  expect([...new Set(found)].filter((name) => !allowed.includes(name))).toEqual([]);
});
