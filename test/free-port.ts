import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const RANGE = '/proc/sys/net/ipv4/ip_local_port_range';

/** Ports of one test process, so that two processes never choose the same one. */
const EACH = 100;
const PROCESSES = 128;

/** Where the system begins to hand out ports: to connections, and to servers that take any. Linux' own is 32,768. */
function handedOutFrom(): number {
  const set = existsSync(RANGE) ? Number.parseInt(readFileSync(RANGE, 'utf8'), 10) : Number.NaN;
  return set >= 16_384 ? set : 32_768;
}

const first = handedOutFrom() - EACH * (PROCESSES - (Number(process.env.VITEST_POOL_ID ?? 0) % PROCESSES));
let next = process.pid;

/**
 * A port of loopback for a server that others must know before it listens, or that comes back on the same one.
 * Nobody uses it now, and nobody is given it while that server is away: the system hands out only higher ones.
 */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < EACH; tried += 1) {
    next += 1;
    const port = first + (next % EACH);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port from ${first} to ${first + EACH - 1} is free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
