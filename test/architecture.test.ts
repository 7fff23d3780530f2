import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findCycle, ownImports, packageImports, runningImports } from './architecture/imports.ts';
import { allows, biomeOverride, layers } from './architecture/layers.ts';

const imports = ownImports();
const inside = (folder: string) => [...imports].filter(([path]) => path.startsWith(`${folder}/`));

describe('the house', () => {
  it('is looked at as a whole', () => {
    expect(imports.size).toBeGreaterThan(300);
    expect([...imports.values()].flat().length).toBeGreaterThan(1_000);
    const unknown = [...imports.values()].flat().filter((path) => path.endsWith('.ts') && !imports.has(path));
    expect(unknown).toEqual([]);
  });

  it('has no circle of imports', () => {
    expect([...runningImports().values()].flat().length).toBeGreaterThan(500);
    expect(findCycle(runningImports())).toBeUndefined();
    expect(
      findCycle(
        new Map([
          ['a', ['b']],
          ['b', ['a']],
        ]),
      ),
    ).toEqual(['a', 'b', 'a']);
  });

  for (const layer of layers) {
    it(`keeps the rule of ${layer.folder}: ${layer.rule}`, () => {
      const breaks = inside(layer.folder).flatMap(([path, imported]) =>
        imported
          .filter((other) => !other.startsWith(`${layer.folder}/`))
          .filter((other) => !other.startsWith('src/') || !allows(layer, other.slice('src/'.length)))
          .map((other) => `${path} imports ${other}`),
      );
      expect(breaks).toEqual([]);
    });
  }

  it('has rules for folders that hold files, but for stages still to come', () => {
    const empty = layers.filter((layer) => inside(layer.folder).length === 0).map((layer) => layer.folder);
    expect(empty.filter((folder) => !['src/report'].includes(folder))).toEqual([]);
  });

  it('keeps the Sigma engine to itself, so that it could be a package of its own', () => {
    const engine = inside('src/detect');
    expect(engine.length).toBeGreaterThan(50);
    const breaks = engine.flatMap(([path, imported]) =>
      imported.filter((other) => !other.startsWith('src/detect/')).map((other) => `${path} imports ${other}`),
    );
    expect(breaks).toEqual([]);
  });

  it('is told to the linter in the same words', () => {
    const biome: { overrides: { includes: string[]; linter?: { rules?: { style?: object } } }[] } = JSON.parse(
      readFileSync(new URL('../biome.json', import.meta.url), 'utf8'),
    );
    const told = biome.overrides.filter((one) => 'noRestrictedImports' in (one.linter?.rules?.style ?? {}));
    expect(told).toEqual(layers.map(biomeOverride));
  });

  it('speaks to GitHub from one folder, and to the database from another', () => {
    const users = (wanted: RegExp) =>
      [...packageImports()].filter(([, names]) => names.some((name) => wanted.test(name))).map(([path]) => path);
    const outside = (folder: string, paths: string[]) => paths.filter((path) => !path.startsWith(folder));
    expect(users(/^(@octokit\/|probot$)/).length).toBeGreaterThan(2);
    // The embedded forge's views take their types, and nothing that runs.
    const typed = (path: string) => path.startsWith('src/forge/views/');
    expect(outside('src/github/', users(/^(@octokit\/|probot$)/)).filter((path) => !typed(path))).toEqual([]);
    expect(users(/^pg$/).length).toBeGreaterThan(2);
    expect(outside('src/store/', users(/^pg$/)).filter((path) => !path.startsWith('src/cli/'))).toEqual([]);
    expect(outside('src/policy/', users(/^gray-matter$/))).toEqual([]);
  });
});
