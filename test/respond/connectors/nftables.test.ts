import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/ports/clock.ts';
import type { OpenResource } from '../../../src/respond/connector.ts';
import { demoNamespace, removeDemoNamespace } from '../../../src/respond/connectors/nftables/demo-namespace.ts';
import { openPlace } from '../../../src/respond/connectors/nftables/open-place.ts';
import { nftables } from '../../../src/respond/connectors/nftables.ts';
import { scratch } from '../../scratch.ts';
import { applyOrder, held, undoOrder } from '../order.ts';
import { hidden, missingPart, peer, twoNamespaces, until } from './nftables/two-namespaces.ts';

const missing = missingPart();
const clock: Clock = { now: () => new Date(), sleep: () => Promise.resolve() };
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);

async function resourceIn(dataDir: string, settings: Record<string, unknown> = {}): Promise<OpenResource> {
  const environment = { clock, dataDir, demo: true, hostFirewall: false } as Parameters<typeof nftables.open>[2];
  const opened = await nftables.open('demo-firewall', nftables.settings.parse(settings), environment);
  if ('unavailable' in opened) throw new Error(opened.unavailable.en);
  return opened;
}

describe.skipIf(missing !== undefined)(`nftables between two namespaces${missing ? ` (needs ${missing})` : ''}`, () => {
  it.each([
    [4, peer.ip4],
    [6, peer.ip6],
  ] as const)(
    'lets an IPv%i packet through, drops it once blocked, and lets it through after undo',
    async (family, address) => {
      await using world = await twoNamespaces();
      const resource = await resourceIn(world.dataDir);
      expect(await world.packet(family)).toBe('gets through');
      expect(await resource.apply(applyOrder(address, inSeconds(600)))).toMatch(/^Put .* into set blocked/);
      expect(await world.packet(family)).toBe('dropped');
      expect(await resource.verify(applyOrder(address))).toMatchObject({ holds: true });
      expect(await resource.undo(undoOrder(address))).toMatch(/^Took .* out of/);
      expect(await world.packet(family)).toBe('gets through');
      expect(await resource.verify(applyOrder(address))).toMatchObject({ holds: false });
    },
  );

  it('lets the packet through again by itself when the time runs out', async () => {
    await using world = await twoNamespaces();
    const resource = await resourceIn(world.dataDir);
    await resource.apply(applyOrder(peer.ip4, inSeconds(6)));
    expect(await world.packet(4)).toBe('dropped');
    await until(async () => ((await world.packet(4)) === 'gets through' ? true : undefined));
    expect(await resource.verify(applyOrder(peer.ip4))).toMatchObject({ holds: false });
    expect(await resource.undo(undoOrder(peer.ip4))).toMatch(/^There was no/);
  });

  it('drops what the namespace itself sends to the address', async () => {
    await using world = await twoNamespaces();
    const resource = await resourceIn(world.dataDir);
    await resource.apply(applyOrder(peer.ip4, inSeconds(600)));
    world.nft('flush', 'chain', 'inet', 'yagura', 'input');
    // The packet gets in now, and its answer is what is dropped.
    expect(await world.packet(4)).toBe('dropped');
    const verified = await resource.verify(applyOrder(peer.ip4));
    expect(verified.holds).toBe(false);
    expect(verified.sentence).toContain('nothing drops it on input');
  });

  it.each([
    ['from', peer.ip4],
    ['to', hidden],
  ])('drops what is routed %s the address', async (_, address) => {
    await using world = await twoNamespaces({ behind: true });
    const resource = await resourceIn(world.dataDir);
    expect(await world.packet(4)).toBe('gets through');
    await resource.apply(applyOrder(address, inSeconds(600)));
    expect(await world.packet(4)).toBe('dropped');
    await resource.undo(undoOrder(address));
    expect(await world.packet(4)).toBe('gets through');
  });

  it('renews the time, keeps one element, and holds without end when no end is given', async () => {
    await using world = await twoNamespaces();
    const resource = await resourceIn(world.dataDir);
    await resource.apply(applyOrder(peer.ip4, inSeconds(30)));
    await resource.apply(applyOrder(peer.ip4, inSeconds(10 * 365 * 86_400)));
    expect(elements(world.nft('-j', 'list', 'set', 'inet', 'yagura', 'blocked4'))).toEqual([
      { val: peer.ip4, timeout: 10 * 365 * 86_400 },
    ]);
    await resource.apply(applyOrder(peer.ip4));
    expect(elements(world.nft('-j', 'list', 'set', 'inet', 'yagura', 'blocked4'))).toEqual([
      { val: peer.ip4, timeout: undefined },
    ]);
  });

  it('keeps an address that another task still holds when one is undone', async () => {
    await using world = await twoNamespaces();
    const resource = await resourceIn(world.dataDir);
    await resource.apply(applyOrder(peer.ip4, inSeconds(600)));
    const sentence = await resource.undo(undoOrder(peer.ip4, [held(peer.ip4, inSeconds(900))]));
    expect(sentence).toContain('another task holds it');
    expect(await world.packet(4)).toBe('dropped');
  });

  it('leaves every other table as it was', async () => {
    await using world = await twoNamespaces();
    world.nft('add table inet filter; add chain inet filter input { type filter hook input priority 0; }');
    world.nft('add rule inet filter input tcp dport 22 accept');
    const others = () => world.nft('list', 'table', 'inet', 'filter');
    const before = others();
    const resource = await resourceIn(world.dataDir);
    await resource.apply(applyOrder(peer.ip4, inSeconds(600)));
    await resource.undo(undoOrder(peer.ip4));
    expect(others()).toBe(before);
    expect(before).toContain('dport 22');
  });

  it('comes back after somebody flushed the whole ruleset', async () => {
    await using world = await twoNamespaces();
    const resource = await resourceIn(world.dataDir);
    await resource.apply(applyOrder(peer.ip4, inSeconds(600)));
    world.nft('flush', 'ruleset');
    expect(await resource.verify(applyOrder(peer.ip4))).toMatchObject({ holds: false });
    expect(await resource.undo(undoOrder(peer.ip4))).toMatch(/^There was no/);
    await resource.apply(applyOrder(peer.ip4, inSeconds(600)));
    expect(await world.packet(4)).toBe('dropped');
  });

  it('says that the set is full, changes nothing then, and still renews and undoes what is in it', async () => {
    await using world = await twoNamespaces();
    const resource = await resourceIn(world.dataDir, { size: 1 });
    await resource.apply(applyOrder(peer.ip4, inSeconds(600)));
    const more = applyOrder('203.0.113.7', inSeconds(600));
    await expect(resource.apply(more)).rejects.toThrow('The set in table yagura is full:');
    expect(await resource.dryRun(more)).toMatch(/^Would fail: The set/);
    expect(await resource.verify(more)).toMatchObject({ holds: false });
    await resource.apply(applyOrder(peer.ip4, inSeconds(900)));
    expect(await world.packet(4)).toBe('dropped');
    expect(await resource.undo(undoOrder('203.0.113.7'))).toMatch(/^There was no/);
    await resource.undo(undoOrder(peer.ip4));
    expect(await world.packet(4)).toBe('gets through');
  });

  it('says what to do when the table stands with another priority', async () => {
    await using world = await twoNamespaces();
    await (await resourceIn(world.dataDir)).apply(applyOrder(peer.ip4, inSeconds(600)));
    await expect(resourceIn(world.dataDir, { priority: 5 })).rejects.toThrow('nft delete table inet yagura');
    expect(await world.packet(4)).toBe('dropped');
  });

  it('refuses what is no canonical address or would cut the machine off from itself', async () => {
    await using world = await twoNamespaces();
    const resource = await resourceIn(world.dataDir);
    for (const value of ['203.0.113.7 }; flush ruleset', '203.0.113.0/24', '0x7f.1', '127.0.0.1', '::', '224.0.0.1']) {
      const order = { ...applyOrder(value), target: { type: 'ip' as const, value } };
      await expect(resource.apply(order)).rejects.toThrow('cannot be blocked here');
    }
    expect(world.nft('list', 'tables')).toBe('');
  });

  it('does not take a line or a quote of a reference into the firewall', async () => {
    await using world = await twoNamespaces();
    const resource = await resourceIn(world.dataDir);
    const order = { ...applyOrder(peer.ip4, inSeconds(600)), reference: 'acme/soc#12 T1" }\nflush ruleset\n"' };
    await resource.apply(order);
    expect(world.nft('list', 'set', 'inet', 'yagura', 'blocked4')).toContain('comment "acme/soc#12 T1 flush ruleset"');
  });

  it('makes the namespace of the demo once and removes it, also when there is none', async () => {
    const dataDir = scratch('nftables');
    const exists = () => execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' }).includes(demoNamespace(dataDir));
    await resourceIn(dataDir);
    await resourceIn(dataDir);
    expect(exists()).toBe(true);
    await removeDemoNamespace(dataDir);
    await removeDemoNamespace(dataDir);
    expect(exists()).toBe(false);
    rmSync(dataDir, { recursive: true });
  });

  it('says who may when the rights are missing', () => {
    const folder = join(import.meta.dirname, '..', '..', '..', 'src', 'respond', 'connectors', 'nftables');
    const script = `
      const { openPlace } = await import(${JSON.stringify(join(folder, 'open-place.ts'))});
      const { nftablesSettings } = await import(${JSON.stringify(join(folder, 'ruleset.ts'))});
      for (const demo of [true, false]) {
        const place = await openPlace(nftablesSettings.parse({}), { demo, hostFirewall: true, dataDir: '/nowhere' });
        console.log(place.unavailable.en);
      }`;
    const without = ['--bounding-set=-net_admin,-sys_admin', process.execPath, '--input-type=module', '-e', script];
    const lines = execFileSync('setpriv', without, { encoding: 'utf8' }).trim().split('\n');
    expect(lines).toEqual([
      'Network namespaces are not allowed here: run as root with CAP_SYS_ADMIN and CAP_NET_ADMIN.',
      'Changing the firewall is not allowed: run as root or with CAP_NET_ADMIN.',
    ]);
  });
});

describe.skipIf(process.platform !== 'linux')('nftables without its parts (needs Linux)', () => {
  const settings = nftables.settings.parse({});

  it("leaves this machine's firewall alone unless it is allowed", async () => {
    const place = await openPlace(settings, { demo: false, hostFirewall: false, dataDir: 'data' });
    expect(place).toEqual({
      unavailable: expect.objectContaining({ en: expect.stringContaining('YAGURA_HOST_FIREWALL=1') }),
    });
  });

  it('names the Debian package that is missing', async () => {
    const place = await openPlace(settings, { demo: true, hostFirewall: false, dataDir: 'data' }, []);
    expect(place).toEqual({
      unavailable: expect.objectContaining({ en: 'nft is not installed: install the Debian package nftables.' }),
    });
  });

  it("accepts no table but Yagura's own", () => {
    expect(nftables.settings.safeParse({ table: 'filter' }).success).toBe(false);
    expect(nftables.settings.safeParse({ set4: 'a; flush ruleset' }).success).toBe(false);
  });
});

function elements(json: string): { val: string; timeout: number | undefined }[] {
  const { nftables: objects } = JSON.parse(json);
  const found: (string | { elem: { val: string; timeout?: number } })[] = objects[1].set.elem;
  return found.map((one) =>
    typeof one === 'string' ? { val: one, timeout: undefined } : { val: one.elem.val, timeout: one.elem.timeout },
  );
}
