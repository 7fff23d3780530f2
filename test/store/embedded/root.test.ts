import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RootMode } from '../../../src/store/embedded/server-user.ts';
import { cloneTo } from './clone.ts';
import type { AppLine } from './run-app.ts';
import { asOrdinaryUser, canBeOrdinaryUser, endApps, hasUserNamespaces, runApp } from './run-app.ts';

const isRoot = process.getuid?.() === 0;
const made = new Set<string>();

afterEach(async () => {
  await endApps();
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
  made.clear();
});

/** A directory that only its owner can enter, with a state directory to be made in it. */
function privateDir(parent: string): { dir: string; dataDir: string } {
  const dir = mkdtempSync(join(parent, 'yagura-root-'));
  made.add(dir);
  return { dir, dataDir: join(dir, 'state') };
}

/** Runs the application to its end and returns what it said; remembers where it put the database, to clean up. */
async function visit(dataDir: string, options: Parameters<typeof runApp>[1]): Promise<AppLine[]> {
  const app = runApp(dataDir, { work: 'count', ...options });
  await app.until(({ visits, error }) => visits !== undefined || error !== undefined);
  await app.kill('SIGTERM');
  const home = /is kept in (\S+),/.exec(progress(app.lines))?.[1];
  if (home) made.add(home);
  return app.lines;
}

function progress(lines: AppLine[]): string {
  return lines.flatMap((line) => line.progress ?? []).join('\n');
}

function modes(path: string): string[] {
  const mode = (statSync(path).mode & 0o7777).toString(8);
  return path === '/' ? [mode] : [mode, ...modes(dirname(path))];
}

const parents = [
  ['a temporary directory of mode 0700', tmpdir()],
  ["root's home", homedir()],
] as const;
const said: Record<RootMode, RegExp> = {
  'user-namespace': /in a user namespace, because it refuses to run as root/,
  'unprivileged-user': /as nobody, because it refuses to run as root/,
};

describe.skipIf(!isRoot)('as root (needs root)', () => {
  describe.each(['user-namespace', 'unprivileged-user'] as const)('by %s (where the kernel allows it)', (rootMode) => {
    beforeEach((context) => {
      if (rootMode === 'user-namespace') context.skip(!hasUserNamespaces, 'needs user namespaces');
    });

    it.each(parents)('starts below %s, finds its data again, and changes no mode', async (_, parent) => {
      const { dir, dataDir } = privateDir(parent);
      const before = modes(dir);
      expect(before[0]).toBe('700');
      const first = await visit(dataDir, { rootMode });
      expect(progress(first)).toMatch(said[rootMode]);
      expect(first.at(-1)).toEqual({ visits: 1 });
      // The next start is told nothing and goes on with what there is.
      expect((await visit(dataDir, {})).at(-1)).toEqual({ visits: 2 });
      expect(modes(dir)).toEqual(before);
    });

    it('starts from a checkout below a 0700 directory', async () => {
      const { dir } = privateDir(tmpdir());
      const { checkout } = cloneTo(join(dir, 'checkout'));
      const dataDir = join(checkout, '.yagura');
      const lines = await visit(dataDir, { rootMode, checkout });
      expect(lines.at(-1)).toEqual({ visits: 1 });
      expect(/Copying PostgreSQL's programs/.test(progress(lines))).toBe(rootMode === 'unprivileged-user');
      expect((await visit(dataDir, { rootMode, checkout })).at(-1)).toEqual({ visits: 2 });
    });

    it('starts from a checkout that was installed with a umask of 077', async () => {
      const { dir } = privateDir(tmpdir());
      const { checkout, native } = cloneTo(join(dir, 'checkout'));
      for (const name of readdirSync(native, { recursive: true, encoding: 'utf8' })) {
        const stat = lstatSync(join(native, name));
        if (!stat.isSymbolicLink()) chmodSync(join(native, name), stat.mode & 0o700);
      }
      const prefix = ['sh', '-c', 'umask 077; exec "$@"', 'sh'];
      const lines = await visit(join(dir, 'state'), { rootMode, checkout, prefix });
      expect(lines.at(-1)).toEqual({ visits: 1 });
    });

    it('stops the server that a killed application left', async () => {
      const { dataDir } = privateDir(tmpdir());
      await visit(dataDir, { rootMode });
      const app = runApp(dataDir, { rootMode });
      const { pid } = await app.until((line) => line.pid !== undefined);
      await app.kill('SIGKILL');
      const lines = await visit(dataDir, { rootMode });
      expect(progress(lines)).toContain(`left running (process ${pid})`);
      expect(lines.at(-1)).toEqual({ visits: 2 });
    });
  });

  it('keeps the database in the data directory where the unprivileged user can reach it', async () => {
    const dataDir = mkdtempSync('/var/tmp/yagura-root-');
    made.add(dataDir);
    rmSync(dataDir, { recursive: true });
    const lines = await visit(dataDir, { rootMode: 'unprivileged-user' });
    expect(progress(lines)).not.toContain('is kept in');
    expect(statSync(join(dataDir, 'postgres')).uid).not.toBe(0);
    expect((statSync(join(dataDir, 'postgres')).mode & 0o777).toString(8)).toBe('700');
  });

  it('does not show an earlier database after the data directory was removed, and says where it still is', async () => {
    const { dataDir } = privateDir(tmpdir());
    await visit(dataDir, { rootMode: 'unprivileged-user' });
    const home = readFileSync(join(dataDir, 'postgres.home'), 'utf8').trim();
    rmSync(dataDir, { recursive: true });
    const lines = await visit(dataDir, { rootMode: 'unprivileged-user' });
    expect(lines.at(-1)).toEqual({ visits: 1 });
    expect(progress(lines)).toContain(`An earlier database of ${dataDir} is still in ${home}.`);
  });

  it.skipIf(!hasUserNamespaces)(
    "refuses root's own database for an unprivileged user, with the command that gives it away (needs user namespaces)",
    async () => {
      const { dataDir } = privateDir(tmpdir());
      await visit(dataDir, { rootMode: 'user-namespace' });
      const lines = await visit(dataDir, { rootMode: 'unprivileged-user' });
      expect(lines.at(-1)?.error).toMatch(/belongs to root, and no user namespace can be had\. Run chown -R \d+:\d+ /);
    },
  );
});

describe.skipIf(!canBeOrdinaryUser)('as an ordinary user (needs user namespaces when root)', () => {
  it('starts directly', async () => {
    const { dataDir } = privateDir(tmpdir());
    const lines = await visit(dataDir, { prefix: asOrdinaryUser });
    expect(progress(lines)).toBe('Starting PostgreSQL.');
    expect(lines.at(-1)).toEqual({ visits: 1 });
  });

  it('says so when it may not write the data directory', async () => {
    const { dataDir } = privateDir(tmpdir());
    mkdirSync(dataDir, { mode: 0o500 });
    const lines = await visit(dataDir, { prefix: asOrdinaryUser });
    expect(lines.at(-1)?.error).toContain(`The data directory ${dataDir} cannot be written (EACCES).`);
  });
});
