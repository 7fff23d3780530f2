import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLeadership } from '../../src/store/leadership.ts';
import { openPool } from '../../src/store/pool.ts';
import { createStore } from '../../src/store/store.ts';
import { scratch } from '../scratch.ts';

// A server killed at the wrong moment says "ready" and "I end" in one packet, so that the client hears of both before
// whoever asked for the connection runs on. No real server can be made to do so on purpose; these bytes are its words.

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type, 0);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const authenticated = message('R', Buffer.alloc(4));
const ready = message('Z', Buffer.from('I'));
const heldRow = Buffer.concat([
  message(
    'T',
    Buffer.concat([
      Buffer.from([0, 1]),
      Buffer.from('held\0'),
      Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 1, 255, 255, 255, 255, 0, 0]),
    ]),
  ),
  message('D', Buffer.from([0, 1, 0, 0, 0, 1, 0x74])),
  message('C', Buffer.from('SELECT 1\0')),
]);
const parsed = Buffer.concat([message('1', Buffer.alloc(0)), message('2', Buffer.alloc(0))]);
const ending = message('E', Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0'));

let dir: string;
let server: Server;
let talk: (socket: Socket) => void;
const sockets = new Set<Socket>();

beforeEach(async () => {
  dir = scratch('lost');
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(join(dir, '.s.PGSQL.5432'), resolve));
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
  rmSync(dir, { recursive: true, force: true });
});

it('a connection that ends as it is made is an error for who asked, never an uncaught one', async () => {
  talk = (socket) => socket.once('data', () => socket.end(Buffer.concat([authenticated, ready, ending])));
  const pool = openPool({ host: dir, user: 'yagura' }, () => undefined);
  try {
    const store = createStore(pool);
    await expect(store.transaction((tx) => tx.query('select 1'))).rejects.toThrow();
    await expect(store.query('select 1')).rejects.toThrow();
    expect(pool.totalCount).toBe(0);
  } finally {
    await pool.end();
  }
});

it('a lock whose connection ends right behind the answer is not held', async () => {
  talk = (socket) =>
    socket.once('data', () => {
      socket.once('data', () => socket.end(Buffer.concat([parsed, heldRow, ready, ending])));
      socket.write(Buffer.concat([authenticated, ready]));
    });
  const pool = openPool({ host: dir, user: 'yagura' }, () => undefined);
  const leadership = createLeadership(pool, () => undefined);
  try {
    await expect(leadership.take()).rejects.toThrow('terminating connection');
    expect(() => leadership.assert()).toThrow('not ours');
  } finally {
    leadership.release();
    await pool.end();
  }
});
