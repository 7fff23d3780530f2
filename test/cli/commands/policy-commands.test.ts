import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.ts';
import { forgeInTest } from '../../forge/running-forge.ts';
import { scratch } from '../../scratch.ts';

async function yagura(...args: string[]) {
  return yaguraWith({}, ...args);
}

async function yaguraWith(env: Record<string, string>, ...args: string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await main(args, { stdin, stdout, stderr, env, cwd: tmpdir() });
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return { code, out: text(stdout), err: text(stderr) };
}

const connectors = new URL('../../../src/respond/connectors/', import.meta.url);
const missing = ['blocklist', 'nftables'].filter((name) => !existsSync(new URL(`${name}.ts`, connectors)));

describe('yagura init', () => {
  it('writes a starter that only observes', async () => {
    const dir = join(scratch('policy'), 'new', 'soc-config');
    const written = await yagura('init', dir);
    expect(written).toMatchObject({ code: 0, err: '' });
    expect(written.out).toContain(join(dir, 'yagura.md'));
    expect(written.out).toContain(`npx --no yagura check ${dir}\n`);
    expect(readFileSync(join(dir, 'yagura.md'), 'utf8')).toContain('mode: observe');
  });

  it('writes nothing at all where one of its files exists', async () => {
    const dir = scratch('policy');
    mkdirSync(join(dir, 'policies'));
    writeFileSync(join(dir, 'policies/response.md'), 'mine');
    const { code, err } = await yagura('init', dir);
    expect(code).toBe(2);
    expect(err).toContain('policies/response.md is already there; nothing was written.');
    expect(readdirSync(dir)).toEqual(['policies']);
    expect(readFileSync(join(dir, 'policies/response.md'), 'utf8')).toBe('mine');
  });

  it('leaves a README that is there already as it is', async () => {
    const dir = scratch('policy');
    writeFileSync(join(dir, 'README.md'), 'mine');
    expect((await yagura('init', dir)).code).toBe(0);
    expect(readFileSync(join(dir, 'README.md'), 'utf8')).toBe('mine');
    expect(existsSync(join(dir, 'yagura.md'))).toBe(true);
  });

  it('says how it is used, and when it cannot write', async () => {
    expect(await yagura('init')).toMatchObject({ code: 2, err: expect.stringContaining('name one folder') });
    const file = join(scratch('policy'), 'file');
    writeFileSync(file, '');
    expect(await yagura('init', file)).toMatchObject({ code: 2, err: expect.stringContaining('could not be written') });
  });
});

describe('yagura check', () => {
  it('prints one line a problem and ends with 1', async () => {
    const dir = scratch('policy');
    mkdirSync(join(dir, 'playbooks'));
    writeFileSync(join(dir, 'yagura.md'), '---\norganization: Acme\nmode: atuo\n---\n');
    symlinkSync('../yagura.md', join(dir, 'playbooks/link.md'));
    const { code, out } = await yagura('check', dir);
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      'playbooks/link.md:1: The file has no front matter: it must begin with a line ---.',
      'yagura.md:3: mode: "atuo" is not known; did you mean auto? Allowed: observe, recommend, approve, auto.',
      '',
    ]);
  });

  it('prints advice on detections before the verdict, and ends with 0 for it', async () => {
    const dir = scratch('policy');
    mkdirSync(join(dir, 'detections'));
    writeFileSync(join(dir, 'yagura.md'), '---\norganization: Acme\n---\n');
    const rule =
      'title: Trail stopped\nlogsource: { product: aws }\ndetection: { a: { eventName: "*" }, condition: a }\n';
    writeFileSync(join(dir, 'detections/trail.yml'), rule);
    const { code, out } = await yagura('check', dir);
    const lines = out.trim().split('\n');
    expect(lines.at(-1)).toMatch(/^Good: 2 files, Acme,.*1 file of detections\.$/);
    expect(lines.slice(0, -1)).toEqual(Array(3).fill(expect.stringMatching(/^warning: detections\/trail\.yml:\d: /)));
    expect(code).toBe(0);
  });

  it('asks for the teams that policy names where it has the settings of the app, else says that it could not', async () => {
    const dir = scratch('policy');
    writeFileSync(join(dir, 'yagura.md'), '---\nmention:\n  severity: high\n  who: [ken, acme/no-such-team]\n---\n');
    const without = await yagura('check', dir);
    expect(without.code).toBe(0);
    expect(without.out).toContain(
      'not looked at: whether acme/no-such-team can be read, since the settings of the app',
    );

    await using t = await forgeInTest();
    const { appId, privateKey, webhookSecret } = t.seeded;
    const env = {
      APP_ID: String(appId),
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: webhookSecret,
      YAGURA_REPO: 'acme/soc',
      GITHUB_API_URL: t.forge.apiUrl,
    };
    expect(await yaguraWith(env, 'check', dir)).toMatchObject({
      code: 1,
      out: 'yagura.md:4: The team acme/no-such-team cannot be read: there is no such team, or the app may not see it.\n',
    });
    const other = 'http://127.0.0.1:9/api/v3';
    expect((await yaguraWith({ ...env, GITHUB_API_URL: other }, 'check', dir)).out).toMatch(
      /^not looked at: whether acme\/no-such-team can be read: .+\n/,
    );
  });

  it.each([
    ['blocklist', 'settings: { list: edge }', 'has list edge already'],
    ['nftables', 'settings: {}', 'has table yagura already'],
  ])('refuses two %s resources that write the same, with file and line', async (connector, settings, why) => {
    const dir = scratch('policy');
    mkdirSync(join(dir, 'policies'));
    writeFileSync(join(dir, 'yagura.md'), '---\norganization: Acme\nmode: observe\n---\n');
    const one = (id: string) => `  - id: ${id}\n    connector: ${connector}\n    ${settings}\n`;
    writeFileSync(join(dir, 'policies/response.md'), `---\nresources:\n${one('fw-a')}${one('fw-b')}---\n`);
    const { code, out } = await yagura('check', dir);
    expect(code).toBe(1);
    expect(out).toBe(`policies/response.md:8: Resource fw-a ${why}; each would drop what the other put there.\n`);
  });

  it.skipIf(missing.length > 0)(
    `finds the starter and the example good (missing: ${missing.join(', ') || 'nothing'})`,
    async () => {
      const dir = scratch('policy');
      await yagura('init', dir);
      const checked = await yagura('check', dir);
      expect(checked).toMatchObject({ code: 0, err: '' });
      expect(checked.out).toMatch(/^Good: 8 files, Your organization, mode observe, .*\n$/);

      const example = new URL('../../../examples/config-repo/', import.meta.url).pathname;
      expect(await yagura('check', example)).toMatchObject({
        code: 0,
        out: expect.stringContaining('Acme, mode approve'),
      });
    },
  );

  it('ends with 2 where there is nothing to read', async () => {
    expect(await yagura('check', join(scratch('policy'), 'absent'))).toMatchObject({ code: 2, out: '' });
    expect(await yagura('check', scratch('policy'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('holds no policy'),
    });
    expect(await yagura('check')).toMatchObject({ code: 2, err: expect.stringContaining('name one folder') });
  });
});
