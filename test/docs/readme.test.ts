import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSettings } from '../../src/settings.ts';
import { eventually, type RunningDemo, runningDemo } from '../e2e/running-demo.ts';
import { read, root, shellCommands, tableBelow } from './pages.ts';
import { settingsRead } from './settings-read.ts';

const readme = read('README.md');
const commands = shellCommands(readme);

describe("the README's commands", () => {
  let demo: RunningDemo;
  beforeAll(async () => {
    demo = await runningDemo();
  });
  afterAll(async () => {
    await demo?.stop();
  });

  const shell = (command: string, cwd = root) => execFileSync('sh', ['-c', command], { cwd, encoding: 'utf8' });

  it('are all accounted for', () => {
    // The first two and the tests themselves are run by .ci/run and by whoever reads this.
    const elsewhere = ['npm ci', 'npm start', 'npm test', 'npm run check'];
    expect(commands).toEqual(expect.arrayContaining(elsewhere));
    expect(commands.filter((c) => !elsewhere.includes(c) && !/^(curl|npx --no) /.test(c))).toEqual([]);
    const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;
    const named = [...readme.matchAll(/`npm (?:run )?([a-z:]+)`/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => name !== 'ci' && !(name in scripts))).toEqual([]);
  });

  it('npx ones work from the root and from a folder below', { timeout: 90_000 }, () => {
    const npx = commands.filter((command) => command.startsWith('npx'));
    const named = (wanted: RegExp) => npx.find((command) => wanted.test(command)) ?? '';
    expect(npx.length).toBe(5);
    expect(shell(named(/--help/))).toContain('Usage: yagura');
    expect(shell(named(/--help/), `${root}docs`)).toContain('Usage: yagura');
    expect(shell(named(/yagura check/))).toMatch(/^Good: \d+ files, Acme/m);
    const matched = shell(named(/yagura detect --rules/))
      .trim()
      .split('\n');
    expect(matched.map((line) => JSON.parse(line).title)).toContain('Command given to a script by a parameter');
    expect(shell(named(/detect explain/))).toMatch(/: matches\n✓ the rule is for webserver/);
    const incidents = shell(named(/normalize/))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).incident);
    expect(incidents).toEqual(Array.from({ length: 8 }, () => 1));
  });

  it('start a demo with as many incidents as it says', async () => {
    const path = '/repos/acme/soc/issues?labels=incident';
    await eventually(
      'five incidents',
      async () => (await demo.as<object[]>('hana', 'GET', path)).length === 5 || undefined,
    );
    expect(readme).toContain('five incidents');
  });

  it('curl sends an alert that becomes an issue', async () => {
    const [curl = ''] = commands.filter((command) => command.startsWith('curl'));
    expect(curl).toContain('http://localhost:3100/ingest/generic');
    const answer = shell(curl.replaceAll('http://localhost:3100', demo.appUrl).replaceAll('.yagura', demo.dataDir));
    expect(JSON.parse(answer)).toMatchObject({ accepted: 1, duplicates: 0 });
  });
});

describe("the README's settings", () => {
  const rows = tableBelow(readme, '### Settings');
  const names = rows.flatMap(([cell = '']) => [...cell.matchAll(/`([A-Z_<>]+)`/g)].map(([, name = '']) => name));

  it('are exactly those that are read', () => {
    expect(new Set(names)).toEqual(settingsRead());
    expect(names.length).toBeGreaterThan(15);
  });

  it('have the defaults that hold', () => {
    const defaults = new Map(rows.map(([name = '', value = '']) => [name, value]));
    const settings = readSettings({});
    expect(defaults.get('`PORT`')).toBe(`\`${settings.port}\``);
    expect(defaults.get('`HOST`')).toBe(`\`${settings.host}\``);
    expect(defaults.get('`YAGURA_FORGE_PORT`')).toBe(`\`${settings.forgePort}\``);
    expect(settings.dataDir.endsWith(defaults.get('`YAGURA_DATA_DIR`')?.replaceAll('`', '') ?? '-')).toBe(true);
  });
});

describe('the README', () => {
  it('asks for the same permissions and events as app.yml', () => {
    const [, json = ''] = /name="manifest" value='([\s\S]*?)'>/.exec(readme) ?? [];
    const shown = JSON.parse(json);
    const manifest = parse(read('app.yml'));
    expect(shown.default_permissions).toEqual(manifest.default_permissions);
    expect(shown.default_events).toEqual(manifest.default_events);
    expect(shown.public).toBe(manifest.public);
  });

  it('shows pictures that exist', () => {
    const shown = [...readme.matchAll(/<img src="([^"]+)"[^>]* alt="[^"]{20,}"/g)].map(([, path = '']) => path);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBe(readme.match(/<img /g)?.length);
    expect(shown.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
  });

  it('counts the example alerts', () => {
    const lines = globSync('examples/alerts/*.{json,ndjson}', { cwd: root }).flatMap((path) =>
      path.endsWith('.ndjson')
        ? read(`examples/alerts/${path.split('/').at(-1)}`)
            .trim()
            .split('\n')
        : [path],
    );
    expect(lines).toHaveLength(11);
    expect(readme).toContain('eleven example alerts');
  });

  it('counts the rules of the example config repository', () => {
    const files = globSync('examples/config-repo/detections/**/*.yml', { cwd: root }).map(read);
    const count = (key: RegExp) => files.flatMap((file) => file.match(key) ?? []).length;
    expect(readme).toContain(`brings ${count(/^title:/gm) - count(/^correlation:/gm)} [Sigma]`);
  });
});
