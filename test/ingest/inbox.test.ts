import { describe, expect, it } from 'vitest';
import type { IncomingRecord, StoredRecord } from '../../src/domain/record.ts';
import { createInbox, inboxBound } from '../../src/ingest/inbox.ts';

function record(name: string): IncomingRecord {
  return { source: 's', content: Buffer.from(name), contentHash: name, identity: name, byBytes: true, origin: null };
}

function records(count: number, prefix = 'r'): IncomingRecord[] {
  return Array.from({ length: count }, (_, n) => record(`${prefix}${n}`));
}

/** A disk that writes when it is told to. */
function slowDisk() {
  const groups: { records: IncomingRecord[]; done(): void; fail(): void }[] = [];
  const write = (group: IncomingRecord[]) =>
    new Promise<StoredRecord[]>((resolve, reject) => {
      groups.push({
        records: group,
        done: () => resolve(group.map((r) => ({ id: `id-${r.identity}`, duplicate: false }))),
        fail: () => reject(new Error('no disk')),
      });
    });
  return { groups, write };
}

describe('the inbox', () => {
  it('writes one group at a time, and gathers the next one meanwhile', async () => {
    const { groups, write } = slowDisk();
    const inbox = createInbox(write, () => undefined);
    const first = inbox.put([record('a')]);
    const second = inbox.put([record('b'), record('c')]);
    const third = inbox.put([record('d')]);
    expect(groups.map((g) => g.records.length)).toEqual([1]);
    groups[0]?.done();
    expect(await first).toEqual([{ id: 'id-a', duplicate: false }]);
    await expect.poll(() => groups.length).toBe(2);
    groups[1]?.done();
    expect((await second)?.map((s) => s.id)).toEqual(['id-b', 'id-c']);
    expect((await third)?.map((s) => s.id)).toEqual(['id-d']);
  });

  it('writes at most 8 MB at once, but a larger request alone', async () => {
    const { groups, write } = slowDisk();
    const inbox = createInbox(write, () => undefined);
    const large = (name: string, megabytes: number) => ({
      ...record(name),
      content: Buffer.alloc(megabytes * 1024 * 1024),
    });
    const taken = [record('a'), large('b', 5), large('c', 2), large('d', 2), large('e', 9), record('f')].map((one) =>
      inbox.put([one]),
    );
    const sizes = [['a'], ['b', 'c'], ['d'], ['e'], ['f']];
    for (const [n, names] of sizes.entries()) {
      await expect.poll(() => groups[n]?.records.map((r) => r.identity)).toEqual(names);
      groups[n]?.done();
    }
    expect((await Promise.all(taken)).flat().map((s) => s?.id)).toEqual('abcdef'.split('').map((c) => `id-${c}`));
  });

  it('is full at its bound, takes nothing then, and has room again after the write', async () => {
    const { groups, write } = slowDisk();
    const inbox = createInbox(write, () => undefined);
    const most = inbox.put(records(inboxBound - 1));
    expect(inbox.put([record('x'), record('y')])).toBeUndefined();
    const last = inbox.put([record('z')]);
    expect(last).toBeDefined();
    expect(inbox.put([record('x')])).toBeUndefined();
    groups[0]?.done();
    await most;
    await expect.poll(() => groups.length).toBe(2);
    groups[1]?.done();
    await last;
    const after = inbox.put([record('x')]);
    await expect.poll(() => groups.length).toBe(3);
    groups[2]?.done();
    expect(await after).toHaveLength(1);
  });

  it('fails only those whose group failed', async () => {
    const { groups, write } = slowDisk();
    let told = 0;
    const inbox = createInbox(write, () => {
      told += 1;
    });
    const first = inbox.put([record('a')]);
    const second = inbox.put([record('b')]);
    groups[0]?.fail();
    await expect(first).rejects.toThrow('no disk');
    await expect.poll(() => groups.length).toBe(2);
    expect(told).toBe(0);
    groups[1]?.done();
    await second;
    expect(told).toBe(1);
  });

  it('drains: what was taken is on disk when it says so', async () => {
    const written: number[] = [];
    const inbox = createInbox(
      async (group) => {
        await new Promise((resolve) => setImmediate(resolve));
        written.push(group.length);
        return group.map(() => ({ id: '1', duplicate: false }));
      },
      () => undefined,
    );
    for (let n = 0; n < 3; n += 1) void inbox.put(records(1500, `${n}-`));
    await inbox.drain();
    expect(written.reduce((a, b) => a + b, 0)).toBe(4500);
    expect(Math.max(...written)).toBeLessThanOrEqual(2000);
  });
});
