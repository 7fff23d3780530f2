import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The package of the Node that runs these tests, when it is a pinned one. */
export const NODE_PACKAGE = { linux: `node-linux-${process.arch}`, darwin: `node-bin-darwin-${process.arch}` }[
  process.platform === 'darwin' ? 'darwin' : 'linux'
];

/** A checkout in `dir` with the real launcher, the real packages, and a program of the test's own. */
export function fakeCheckout(dir: string, main: string): string {
  bareCheckout(dir);
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
  writeFileSync(join(dir, 'src', 'cli', 'main.ts'), main);
  return join(dir, 'bin', 'yagura.js');
}

/** The same before `npm ci`. */
export function bareCheckout(dir: string): string {
  mkdirSync(join(dir, 'src', 'cli'), { recursive: true });
  for (const file of ['package.json', 'bin/yagura.js', 'src/cli/parent-watch.ts']) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    cpSync(join(ROOT, file), join(dir, file));
  }
  return join(dir, 'bin', 'yagura.js');
}
