import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scratch } from '../../scratch.ts';
import { cloneTo } from './clone.ts';
import { asOrdinaryUser, canBeOrdinaryUser, endApps, runApp } from './run-app.ts';

let dir: string;
let checkout: string;
let native: string;

beforeEach(() => {
  dir = scratch('binaries');
  ({ checkout, native } = cloneTo(join(dir, 'checkout')));
});

afterEach(async () => {
  await endApps();
  chmodSync(join(native, 'lib'), 0o755);
  rmSync(dir, { recursive: true, force: true });
});

/** Takes away what the package's postinstall script makes, as npm does with --ignore-scripts. */
function removeLinks(): string[] {
  const list: { target: string }[] = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  const targets = list.map(({ target }) => join(native, '..', target));
  expect(targets.length).toBeGreaterThan(5);
  for (const target of targets) rmSync(target);
  return targets;
}

async function start(): Promise<void> {
  const app = runApp(join(dir, 'state'), { work: 'count', checkout, prefix: asOrdinaryUser });
  await app.until(({ visits }) => visits !== undefined);
  await app.kill('SIGTERM');
}

describe.skipIf(!canBeOrdinaryUser)(
  "PostgreSQL's package without its library links (needs user namespaces when root)",
  () => {
    it('gets them at the first start', async () => {
      const targets = removeLinks();
      await start();
      expect(targets.filter((target) => !lstatSync(target).isSymbolicLink())).toEqual([]);
      expect(targets.filter((target) => !existsSync(target))).toEqual([]);
    });

    it('is left alone where it cannot be written: the links lie beside the data', async () => {
      const targets = removeLinks();
      chmodSync(join(native, 'lib'), 0o555);
      await start();
      expect(targets.filter((target) => existsSync(target))).toEqual([]);
      expect(readdirSync(join(dir, 'state', 'postgres-lib'))).toHaveLength(targets.length);
    });
  },
);
