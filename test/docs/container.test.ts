import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageImports } from '../architecture/imports.ts';
import { eventually } from '../e2e/running-demo.ts';
import { scratch } from '../scratch.ts';
import { read, root } from './pages.ts';
import { settingsRead } from './settings-read.ts';

const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ');
const lines = (instruction: string) =>
  [...dockerfile.matchAll(new RegExp(`^${instruction} (.+)$`, 'gm'))].map(([, rest = '']) => rest);
const exec = (line: string): string[] => JSON.parse(line.slice(line.indexOf('[')));
const env = Object.fromEntries(
  lines('ENV')
    .join(' ')
    .split(/\s+/)
    .map((pair) => pair.split('=') as [string, string]),
);

describe('the container (its image is not built here: there is no engine)', () => {
  const context = scratch('image');

  it('starts by the command that npm start is, as nobody special', () => {
    expect(exec(lines('CMD').at(-1) ?? '').join(' ')).toBe(JSON.parse(read('package.json')).scripts.start);
    expect(lines('USER')).toEqual(['node']);
    expect(lines('FROM')).toEqual([expect.stringMatching(/^node:24[\w.-]*$/)]);
  });

  it('installs all that the code imports', () => {
    const { dependencies } = JSON.parse(read('package.json'));
    const used = [...new Set([...packageImports().values()].flat())];
    expect(used.length).toBeGreaterThan(10);
    // A lazy import of a development package would be one too.
    expect(used.filter((name) => !(name in dependencies))).toEqual([]);
  });

  it('runs from the files it copies alone, and its health check tells alive from dead', {
    timeout: 60_000,
  }, async () => {
    for (const line of lines('COPY')) {
      const [to = '', ...from] = line.split(/\s+/).reverse();
      for (const path of from) {
        const target = to.endsWith('/') && to !== './' ? join(to, path) : to === './' ? path : to;
        mkdirSync(dirname(join(context, target)), { recursive: true });
        cpSync(join(root, path), join(context, target), { recursive: true });
      }
    }
    symlinkSync(join(root, 'node_modules'), join(context, 'node_modules'));
    const [, ...args] = exec(lines('CMD').at(-1) ?? '');
    const child = spawn(process.execPath, args, {
      cwd: context,
      env: {
        PATH: process.env.PATH,
        TMPDIR: process.env.TMPDIR,
        ...env,
        HOST: '127.0.0.1',
        PORT: '0',
        YAGURA_FORGE_PORT: '0',
        YAGURA_DATA_DIR: 'data',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString();
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const [, ...check] = exec(lines('HEALTHCHECK')[0] ?? '');
    const healthy = (port: string) => {
      try {
        execFileSync(process.execPath, check, { env: { PORT: port }, stdio: 'ignore' });
        return true;
      } catch {
        return false;
      }
    };
    try {
      const port = await eventually('it runs', async () => /POST http:\/\/localhost:(\d+)\/ingest/.exec(output)?.[1]);
      expect(healthy(port)).toBe(true);
      child.kill('SIGTERM');
      await ended;
      expect(healthy(port)).toBe(false);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('ignores nothing it copies', () => {
    const kept = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = lines('COPY').flatMap((line) => line.split(/\s+/).slice(0, -1));
    expect(read('.dockerignore').startsWith('*\n')).toBe(true);
    expect(new Set(copied)).toEqual(new Set(kept));
  });

  it('sets nothing that is no setting, here or in compose.yaml', () => {
    const { services } = parse(read('compose.yaml'));
    const names = [...Object.keys(env), ...Object.keys(services.yagura.environment)];
    const known = settingsRead();
    expect(names.length).toBeGreaterThan(4);
    expect(names.filter((name) => name !== 'NODE_ENV' && !known.has(name))).toEqual([]);
    expect(services.yagura.environment.DATABASE_URL).toContain('@database:5432/yagura');
    expect(services.database.image).toBe('postgres:18');
    expect(services.yagura.ports).toEqual([`127.0.0.1:${env.PORT}:${env.PORT}`]);
    expect(services.yagura.volumes).toEqual([`data:${env.YAGURA_DATA_DIR}`]);
  });
});
