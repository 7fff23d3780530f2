import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, realpathSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { scratch } from '../scratch.ts';
import { bareCheckout, fakeCheckout, NODE_PACKAGE, ROOT } from './fake-checkout.ts';

const LAUNCHER = join(ROOT, 'bin', 'yagura.js');
/** Every Node this machine has, an older one of the system among them where there is one. */
const nodes = [
  ...new Set(
    [process.execPath, ...(process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, 'node'))]
      .map((path) => realpathOrNothing(path))
      .filter((path) => path !== undefined),
  ),
];

let dir: string;

beforeEach(() => {
  dir = realpathSync(scratch('bin'));
});

function realpathOrNothing(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function run(command: string, args: string[], options: { cwd?: string; input?: string } = {}) {
  const { status, signal, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', cwd: dir, ...options });
  return { status, signal, stdout, stderr };
}

describe.each(nodes)('the launcher under %s', (node) => {
  it('shows every command of the folder, from any folder, with nothing on standard error', () => {
    const { status, stdout, stderr } = run(node, [LAUNCHER, '--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const commands = readdirSync(join(ROOT, 'src', 'cli', 'commands')).map((file) => file.replace(/\.ts$/, ''));
    expect(commands).toContain('backup');
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} +\\S`, 'm'));
  });

  it('runs the pinned Node, through a link too, with arguments, input and exit code passed on', () => {
    const main = `
      process.stdin.setEncoding('utf8');
      let input: string = '';
      for await (const chunk of process.stdin) input += chunk;
      console.log(JSON.stringify({ version: process.versions.node, args: process.argv.slice(2), input }));
      process.exitCode = 7;`;
    mkdirSync(join(dir, 'links'));
    symlinkSync(fakeCheckout(join(dir, 'checkout'), main), join(dir, 'links', 'yagura'));
    const answer = run(node, [join(dir, 'links', 'yagura'), 'a b', '--c'], { input: 'hello' });
    expect({ status: answer.status, stderr: answer.stderr }).toEqual({ status: 7, stderr: '' });
    const pinned = JSON.parse(readFileSync(join(ROOT, 'node_modules', NODE_PACKAGE, 'package.json'), 'utf8'));
    expect(JSON.parse(answer.stdout)).toEqual({ version: pinned.version, args: ['a b', '--c'], input: 'hello' });
  });

  it('dies of the signal its program died of', () => {
    const launcher = fakeCheckout(dir, "process.kill(process.pid, 'SIGKILL'); setTimeout(() => undefined, 10_000);");
    expect(run(node, [launcher])).toMatchObject({ status: null, signal: 'SIGKILL' });
  });

  it('says in one line what to do where npm ci has not run', () => {
    const launcher = bareCheckout(dir);
    expect(run(node, [launcher, '--help'])).toEqual({
      status: 2,
      signal: null,
      stdout: '',
      stderr: `yagura: run npm ci first in ${dir}\n`,
    });
  });

  it('says in one line when the Node it finds is too old, or cannot be run', () => {
    const launcher = bareCheckout(dir);
    const folder = join(dir, 'node_modules', NODE_PACKAGE);
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"version":"22.1.0"}');
    expect(run(node, [launcher])).toMatchObject({
      status: 2,
      stderr: `yagura: needs Node 24 or newer, found 22.1.0 at ${folder}/bin/node: run npm ci in ${dir}\n`,
    });
    writeFileSync(join(folder, 'package.json'), '{"version":"24.1.0"}');
    expect(run(node, [launcher])).toMatchObject({
      status: 2,
      stderr: `yagura: cannot run Node 24.1.0 at ${folder}/bin/node (ENOENT): run npm ci first in ${dir}\n`,
    });
  });
});

describe('the package', () => {
  it('has an executable launcher, and npx finds it from a folder below and changes nothing', () => {
    expect((statSync(LAUNCHER).mode & 0o777).toString(8)).toBe('755');
    const before = readFileSync(LAUNCHER);
    const { status, stdout } = run('npm', ['exec', '--no', '--', 'yagura', '--help'], {
      cwd: join(ROOT, 'src', 'store'),
    });
    expect({ status, first: stdout.split('\n')[0] }).toEqual({ status: 0, first: 'Usage: yagura <command> [options]' });
    expect((statSync(LAUNCHER).mode & 0o777).toString(8)).toBe('755');
    expect(readFileSync(LAUNCHER)).toEqual(before);
  });
});

describe('the commands', () => {
  it('answer an unknown one with the nearest, and none with the help', () => {
    expect(run(LAUNCHER, ['bakup'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'yagura: no command "bakup", did you mean "yagura backup"? See yagura --help\n',
    });
    expect(run(LAUNCHER, ['zzzzzzzzzzzz']).stderr).toBe('yagura: no command "zzzzzzzzzzzz". See yagura --help\n');
    expect(run(LAUNCHER, [])).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage: yagura <command>') });
    expect(run(LAUNCHER, ['backup', '--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^yagura backup FILE/),
    });
  });

  it('say in one line what is wrong', () => {
    expect(run(LAUNCHER, ['backup', 'x'])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^yagura: There is no database in \S+\/\.yagura\. .*\n$/),
    });
    expect(readdirSync(dir)).toEqual([]);
  });
});
