import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What each TypeScript file of `src/` and `tools/` imports of ours, by paths from the checkout's root. */
export function ownImports(): Map<string, string[]> {
  const paths = globSync(['src/**/*.ts', 'tools/*.ts'], { cwd: root }).sort();
  return new Map(paths.map((path) => [path, importsOf(path)]));
}

/** The same without what is gone when the file runs: `import type`, as the linter's own rule counts. */
export function runningImports(): Map<string, string[]> {
  return new Map([...ownImports().keys()].map((path) => [path, importsOf(path, true)]));
}

/** The packages each file loads, scope included, subpaths cut; what only lends a type is not loaded. */
export function packageImports(): Map<string, string[]> {
  const named = (specifier: string) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  return new Map(
    [...ownImports().keys()].map((path) => [
      path,
      specifiers(path, true)
        .filter((s) => !s.startsWith('.') && !s.startsWith('node:'))
        .map(named),
    ]),
  );
}

/** The first circle of imports found, as a path that ends where it began; undefined when there is none. */
export function findCycle(imports: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const walk = (path: string, trail: string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of imports.get(path) ?? []) {
      const cycle = walk(next, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of imports.keys()) {
    const cycle = walk(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}

function importsOf(path: string, running = false): string[] {
  return specifiers(path, running)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => normalize(join(dirname(path), specifier)));
}

function specifiers(path: string, running = false): string[] {
  const whole = readFileSync(join(root, path), 'utf8');
  const text = running ? whole.replace(/^(?:import|export) type\b[^'"`;]*?from '[^']+'/gm, '') : whole;
  const found = text.matchAll(/^(?:import|export)\b[^'"`;]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm);
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}
