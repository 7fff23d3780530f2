import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyIn, copyOut } from '../../../src/store/backup/copy-stream.ts';
import type { TestDatabase } from '../postgres.ts';
import { testDatabase } from '../postgres.ts';
import { quietClient } from '../quiet-client.ts';

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await testDatabase({ schema: 'none' });
  client = quietClient(database.connection);
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database[Symbol.asyncDispose]();
});

const lines = (rows: number) => `copy (select repeat('x', 1023) from generate_series(1, ${rows})) to stdout`;

describe('copyOut', () => {
  it('gives every byte, and the connection goes on, whatever the size and however late the reader', async () => {
    for (let rows = 0; rows <= 520; rows += 13) {
      const output = copyOut(client, lines(rows));
      // Until somebody reads, blocks fill up and the socket is paused.
      if (rows % 2 === 0) await sleep(5);
      let bytes = 0;
      for await (const block of output) bytes += block.length;
      expect(bytes).toBe(rows * 1024);
      expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    }
  });

  it('fails with the error of the server, also after the first rows, and the connection goes on', async () => {
    const output = copyOut(
      client,
      "copy (select repeat('x', 1000 + 1 / (200 - n)) from generate_series(1, 300) n) to stdout",
    );
    await expect(output.toArray()).rejects.toThrow('division by zero');
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('copyIn', () => {
  async function* chunks(count: number, failAt = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
    for (let n = 0; n < count; n++) {
      if (n === failAt) throw new Error('the disk is gone');
      yield Buffer.from(`${n}\t${'y'.repeat(9_000)}\n`);
    }
  }

  it('feeds many chunks, cut anywhere, and counts the rows', async () => {
    await client.query('create temp table fed (n int, filler text)');
    expect(await copyIn(client, 'copy fed from stdin', chunks(3000))).toBe(3000);
    async function* bytes(): AsyncGenerator<Buffer> {
      for (const byte of Buffer.from('1\tone\n2\ttwo\n')) yield Buffer.from([byte]);
    }
    expect(await copyIn(client, 'copy fed from stdin', bytes())).toBe(2);
  });

  it("fails with the source's error or the server's, and the connection goes on", async () => {
    await expect(copyIn(client, 'copy fed from stdin', chunks(10, 5))).rejects.toThrow('the disk is gone');
    await expect(copyIn(client, 'copy fed (n) from stdin', chunks(3000))).rejects.toThrow(/extra data|invalid input/);
    await expect(copyIn(client, 'copy nowhere from stdin', chunks(1))).rejects.toThrow(/"nowhere" does not exist/);
    expect((await client.query('select count(*)::int as n from fed')).rows).toEqual([{ n: 3002 }]);
  });
});
