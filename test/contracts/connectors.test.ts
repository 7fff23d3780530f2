import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { entityTypes } from '../../src/domain/entity.ts';
import { sentenceOf } from '../../src/domain/error.ts';
import { loadPlugins } from '../../src/plugins.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Connector, ConnectorEnvironment, OpenResource } from '../../src/respond/connector.ts';
import { removeDemoNamespace } from '../../src/respond/connectors/nftables/demo-namespace.ts';
import { adapterInTest, soc } from '../github/adapter-in-test.ts';
import { englishIn } from '../publish/japanese.ts';
import { missingPart } from '../respond/connectors/nftables/two-namespaces.ts';
import { applyOrder, undoOrder } from '../respond/order.ts';
import { scratch } from '../scratch.ts';

const folder = new URL('../../src/respond/connectors/', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));

/** What a connector needs to be tried: settings, targets it takes, and what the machine lacks for it. */
interface Trial {
  settings: Record<string, unknown>;
  targets: [string, string];
  missing?: string | undefined;
}

const trials: Record<string, Trial> = {
  blocklist: { settings: { list: 'edge' }, targets: ['203.0.113.7', 'bad.example.net'] },
  nftables: { settings: {}, targets: ['203.0.113.7', '2001:db8::7'], missing: missingPart() },
};

const clock: Clock = { now: () => new Date(), sleep: () => Promise.resolve() };
const soon = () => new Date(Date.now() + 3_600_000);
const tidying: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const tidy of tidying.splice(0).reverse()) await tidy();
});

async function load(name: string): Promise<Connector> {
  const connector = (await loadPlugins<Connector>(folder)).get(name);
  if (!connector) throw new Error(`${name} is not loaded`);
  return connector;
}

async function open(name: string): Promise<OpenResource> {
  const a = await adapterInTest();
  const dataDir = scratch('connector');
  tidying.push(
    () => a[Symbol.asyncDispose](),
    async () => rmSync(dataDir, { recursive: true }),
    () => removeDemoNamespace(dataDir),
  );
  const connector = await load(name);
  const environment: ConnectorEnvironment = {
    forge: a.github,
    repo: soc,
    clock,
    dataDir,
    hostFirewall: false,
    demo: true,
  };
  const opened = await connector.open(name, connector.settings.parse(trials[name]?.settings), environment);
  if ('unavailable' in opened) throw new Error(opened.unavailable.en);
  return opened;
}

it('there are connectors to check, each with a trial', () => {
  expect(names).toEqual(expect.arrayContaining(['blocklist', 'nftables']));
  expect(Object.keys(trials).sort()).toEqual([...names].sort());
});

describe.each(names)('connector %s', (name) => {
  it('has the name of its file, a test of its own, a summary and typed actions', async () => {
    const connector = await load(name);
    expect(connector.name).toBe(name);
    expect(existsSync(join(import.meta.dirname, '..', 'respond', 'connectors', `${name}.test.ts`))).toBe(true);
    expect(connector.summary).toMatch(/^[A-Z].*\.$/);
    expect(connector.actions.length).toBeGreaterThan(0);
    for (const { action, entity } of connector.actions) {
      expect(action).toMatch(/^[a-z][a-z-]*$/);
      expect(entity.length).toBeGreaterThan(0);
      expect(entityTypes).toEqual(expect.arrayContaining(entity));
    }
  });

  it('takes its settings and refuses unknown ones', async () => {
    const { settings } = await load(name);
    expect(settings.safeParse(trials[name]?.settings).success).toBe(true);
    expect(settings.safeParse({ ...trials[name]?.settings, surprise: 1 }).success).toBe(false);
  });
});

describe.each(names)('connector %s at work', (name) => {
  const { missing, targets } = trials[name] ?? { missing: 'a trial', targets: [] };
  const needs = missing === undefined ? '' : ` (needs ${missing})`;

  describe.skipIf(missing !== undefined).each(targets)(`on %s${needs}`, (value) => {
    it('changes nothing in a dry run', async () => {
      const resource = await open(name);
      expect(await resource.dryRun(applyOrder(value, soon()))).toMatch(/^Would .*\.$/);
      expect(await resource.verify(applyOrder(value))).toMatchObject({ holds: false });
    });

    it('says in Japanese what it would do, did and saw, where that is read', async () => {
      const resource = await open(name);
      const order = { ...applyOrder(value, soon()), language: 'ja' } as const;
      const undo = { ...undoOrder(value), language: 'ja' } as const;
      const said = [
        await resource.dryRun(order),
        (await resource.verify(order)).sentence,
        await resource.apply(order),
        (await resource.verify(order)).sentence,
        await resource.undo(undo),
        await resource.undo(undo),
      ];
      for (const sentence of said) {
        expect(englishIn(sentence)).toEqual([]);
        expect(sentence).toMatch(/[^.]。$/);
      }
    });

    it('holds after apply, the same after a second one', async () => {
      const resource = await open(name);
      const order = applyOrder(value, soon());
      for (const sentence of [await resource.apply(order), await resource.apply(order)])
        expect(sentence).toMatch(/\.$/);
      expect(await resource.verify(order)).toMatchObject({ holds: true });
      await resource.undo(undoOrder(value));
      expect(await resource.verify(order)).toMatchObject({ holds: false });
    });

    it('holds no more after undo, the same after a second one and without apply before', async () => {
      const resource = await open(name);
      const order = applyOrder(value, soon());
      expect(await resource.undo(undoOrder(value))).toMatch(/\.$/);
      await resource.apply(order);
      for (const _ of ['once', 'twice']) {
        expect(await resource.undo(undoOrder(value))).toMatch(/\.$/);
        expect(await resource.verify(order)).toMatchObject({ holds: false });
      }
    });

    it('shows no target that could be clicked and holds nothing whose time is over', async () => {
      const resource = await open(name);
      const order = applyOrder(value, new Date(Date.now() - 1));
      const said = [await resource.apply(order), (await resource.verify(order)).sentence, await resource.undo(order)];
      for (const sentence of said) expect(sentence).not.toContain(value);
      expect(await resource.verify(order)).toMatchObject({ holds: false });
    });
  });

  it.skipIf(missing !== undefined)(`refuses an entity type it does not take${needs}`, async () => {
    const resource = await open(name);
    const order = { ...applyOrder('203.0.113.7'), target: { type: 'user' as const, value: 'hana' } };
    for (const method of ['dryRun', 'apply', 'undo'] as const) {
      const refused = await resource[method](order).catch((error: unknown) => error);
      expect(sentenceOf(refused)).toMatch(/cannot be blocked here: .*\.$/);
      expect(sentenceOf(refused, 'ja')).toMatch(/はここではブロックできません: .*です。$/);
    }
  });
});
