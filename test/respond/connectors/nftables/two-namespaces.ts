import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { demoNamespace, removeDemoNamespace } from '../../../../src/respond/connectors/nftables/demo-namespace.ts';
import { scratch } from '../../../scratch.ts';

/** What the machine lacks for tests with real packets; undefined when it has everything. */
export function missingPart(): string | undefined {
  if (process.platform !== 'linux') return 'Linux';
  for (const [program, debian] of [
    ['nft', 'nftables'],
    ['ip', 'iproute2'],
  ] as const) {
    if (!works(program, ['-V'])) return `Debian package ${debian}`;
  }
  const probe = `yagura-probe-${randomBytes(3).toString('hex')}`;
  if (!works('ip', ['netns', 'add', probe])) return 'root with CAP_NET_ADMIN and CAP_SYS_ADMIN';
  execFileSync('ip', ['netns', 'delete', probe]);
  return undefined;
}

export const peer = { ip4: '10.77.0.2', ip6: 'fd00:77::2' };
export const hidden = '10.78.0.2';
const guarded = { ip4: '10.77.0.1', ip6: 'fd00:77::1' };

export interface TwoNamespaces {
  dataDir: string;
  /** Runs `nft` in the guarded namespace. */
  nft(...args: string[]): string;
  /** Sends one packet from the peer to the guarded namespace: it is answered, or the packet filter counts a drop. */
  packet(family: 4 | 6): Promise<'gets through' | 'dropped'>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * The demo's namespace and a peer, joined by a cable, with an echo service in the first; or, with `behind`, in a third
 * one that only the demo's namespace leads to (IPv4 only).
 */
export async function twoNamespaces({ behind = false } = {}): Promise<TwoNamespaces> {
  const dataDir = scratch('nftables');
  const inside = demoNamespace(dataDir);
  const tag = randomBytes(3).toString('hex');
  const outside = `yagura-peer-${tag}`;
  const ip = (...args: string[]) => execFileSync('ip', args, { encoding: 'utf8' });
  ip('netns', 'add', inside);
  ip('netns', 'add', outside);
  ip('link', 'add', `yg${tag}`, 'netns', inside, 'type', 'veth', 'peer', 'name', `yp${tag}`, 'netns', outside);
  for (const [name, link, address] of [
    [inside, `yg${tag}`, guarded],
    [outside, `yp${tag}`, peer],
  ] as const) {
    ip('-netns', name, 'address', 'add', `${address.ip4}/24`, 'dev', link);
    // Without duplicate address detection, which would take a second.
    ip('-netns', name, 'address', 'add', `${address.ip6}/64`, 'dev', link, 'nodad');
    ip('-netns', name, 'link', 'set', link, 'up');
  }
  if (behind) routeBehind(ip, { inside, outside, tag });
  const inNamespace = (name: string, script: string) =>
    spawn('ip', ['netns', 'exec', name, process.execPath, '-e', script]);
  const echo = inNamespace(behind ? `yagura-behind-${tag}` : inside, echoService);
  const sender = inNamespace(outside, senderOf(behind ? { ...guarded, ip4: hidden } : guarded));
  const answers = linesFrom(sender);
  const announced = linesFrom(echo);
  await until(async () => (announced.has('ready') && answers.has('ready') ? true : undefined));
  const nft = (...args: string[]) =>
    execFileSync('ip', ['netns', 'exec', inside, 'nft', ...args], { encoding: 'utf8', stdio: 'pipe' });
  return {
    dataDir,
    nft,
    async packet(family) {
      const before = drops(nft('-j', 'list', 'ruleset'));
      const text = `${family} ${randomBytes(6).toString('hex')}`;
      sender.stdin.write(`${text}\n`);
      return until(async () => {
        if (answers.has(text)) return 'gets through';
        return drops(nft('-j', 'list', 'ruleset')) > before ? 'dropped' : undefined;
      });
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([echo, sender].map(ended));
      ip('netns', 'delete', outside);
      if (behind) ip('netns', 'delete', `yagura-behind-${tag}`);
      await removeDemoNamespace(dataDir);
      rmSync(dataDir, { recursive: true });
    },
  };
}

function routeBehind(ip: (...args: string[]) => string, names: { inside: string; outside: string; tag: string }): void {
  const { inside, outside, tag } = names;
  const third = `yagura-behind-${tag}`;
  ip('netns', 'add', third);
  ip('link', 'add', `yb${tag}`, 'netns', inside, 'type', 'veth', 'peer', 'name', `yh${tag}`, 'netns', third);
  ip('-netns', inside, 'address', 'add', '10.78.0.1/24', 'dev', `yb${tag}`);
  ip('-netns', third, 'address', 'add', `${hidden}/24`, 'dev', `yh${tag}`);
  ip('-netns', inside, 'link', 'set', `yb${tag}`, 'up');
  ip('-netns', third, 'link', 'set', `yh${tag}`, 'up');
  ip('-netns', third, 'route', 'add', 'default', 'via', '10.78.0.1');
  ip('-netns', outside, 'route', 'add', '10.78.0.0/24', 'via', guarded.ip4);
  ip('netns', 'exec', inside, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward');
}

const echoService = `
  const { createSocket } = require('node:dgram');
  for (const type of ['udp4', 'udp6']) {
    const socket = createSocket({ type, ipv6Only: type === 'udp6' });
    socket.on('message', (text, { port, address }) => socket.send(text, port, address));
    socket.bind(7007, type === 'udp4' ? '0.0.0.0' : '::', () => type === 'udp6' && console.log('ready'));
  }`;

const senderOf = (to: typeof guarded) => `
  const { createSocket } = require('node:dgram');
  const sockets = { 4: createSocket('udp4'), 6: createSocket('udp6') };
  for (const socket of Object.values(sockets)) socket.on('message', (text) => console.log(String(text)));
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const to = line[0] === '4' ? '${to.ip4}' : '${to.ip6}';
    sockets[line[0]].send(line, 7007, to);
  });
  console.log('ready');`;

/** The first thing `look` finds; fails after 20 seconds. */
export async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(20);
  }
  throw new Error('It did not happen within 20 seconds.');
}

/** Packets the packet filter has dropped so far. */
function drops(json: string): number {
  const counters = [...json.matchAll(/"counter": \{"packets": (\d+)/g)];
  return counters.reduce((sum, [, packets]) => sum + Number(packets), 0);
}

/** Every line a child has printed so far. */
function linesFrom(child: ChildProcessWithoutNullStreams): Set<string> {
  const seen = new Set<string>();
  createInterface({ input: child.stdout }).on('line', (line) => seen.add(line));
  return seen;
}

function ended(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.on('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

function works(program: string, args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
