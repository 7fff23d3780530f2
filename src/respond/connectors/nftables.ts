import { defang } from '../../domain/defang.ts';
import type { Entity } from '../../domain/entity.ts';
import { connectorWords } from '../../messages/connectors.ts';
import type { Clock } from '../../ports/clock.ts';
import { blockable, plainReference } from '../blockable.ts';
import type { Connector, OpenResource, Order } from '../connector.ts';
import { type Held, heldAfter } from '../held-after.ts';
import type { Firewall } from './nftables/firewall.ts';
import { openPlace } from './nftables/open-place.ts';
import { readTable, type TableState } from './nftables/read-table.ts';
import {
  addElement,
  deleteElement,
  type NftablesSettings,
  nftablesSettings,
  setOf,
  tableRules,
} from './nftables/ruleset.ts';

const blockTypes: Entity['type'][] = ['ip'];

/**
 * Drops traffic from and to addresses with the kernel's own packet filter. An address leaves its set by itself when its
 * time is over, also when Yagura is gone; timeouts are seconds of the kernel, whatever `YAGURA_TIME_SCALE` says.
 */
export const nftables: Connector<NftablesSettings> = {
  name: 'nftables',
  summary: 'Drops traffic from and to addresses in the Linux firewall, in a table of its own.',
  actions: [{ action: 'block', entity: blockTypes }],
  settings: nftablesSettings,
  sole: 'table',
  async open(_id, settings, environment) {
    const place = await openPlace(settings, environment);
    if ('unavailable' in place) return place;
    return openResource({ ...place, settings, clock: environment.clock });
  },
};

interface Opened {
  firewall: Firewall;
  /** The network namespace; undefined: this machine. */
  namespace: string | undefined;
  settings: NftablesSettings;
  clock: Clock;
}

function openResource(opened: Opened): OpenResource {
  return {
    dryRun: (order) => dryRun(opened, order),
    apply: (order) => apply(opened, order),
    verify: (order) => verify(opened, order),
    undo: (order) => undo(opened, order),
  };
}

async function dryRun(opened: Opened, order: Order): Promise<string> {
  const { firewall, settings, clock } = opened;
  const now = clock.now();
  const held = heldAfter(order, 'apply', now);
  const address = blockable(order.target, blockTypes);
  const words = connectorWords(order.language);
  if (!held) return words.wouldNothing(defang(order.target));
  const refused = await firewall.check(holdingRules(settings, address, held, now, order));
  if (refused !== undefined) return words.wouldFail(refused[order.language]);
  return words.wouldPut(defang(order.target), setName(opened, address, order), untilOf(held, order));
}

async function apply(opened: Opened, order: Order): Promise<string> {
  const { firewall, settings, clock } = opened;
  const address = blockable(order.target, blockTypes);
  const now = clock.now();
  const held = heldAfter(order, 'apply', now);
  const words = connectorWords(order.language);
  if (!held) {
    await remove(opened, address);
    return words.overNotIn(defang(order.target), setName(opened, address, order));
  }
  await firewall.change(holdingRules(settings, address, held, now, order));
  return words.put(defang(order.target), setName(opened, address, order), untilOf(held, order));
}

async function verify(opened: Opened, order: Order): Promise<{ holds: boolean; sentence: string }> {
  const address = blockable(order.target, blockTypes);
  const shown = defang(order.target);
  const words = connectorWords(order.language);
  const set = setName(opened, address, order);
  const state = await stateOf(opened, address);
  if (!state?.element) return { holds: false, sentence: words.notInSet(shown, set) };
  if (state.unguarded.length > 0) {
    return { holds: false, sentence: words.notDropped(shown, set, state.unguarded.join(', ')) };
  }
  const { expires } = state.element;
  const end = expires === undefined ? '' : words.kernelEnds(expires);
  return { holds: true, sentence: words.dropped(shown, set, end) };
}

async function undo(opened: Opened, order: Order): Promise<string> {
  const { firewall, settings, clock } = opened;
  const address = blockable(order.target, blockTypes);
  const shown = defang(order.target);
  const now = clock.now();
  const held = heldAfter(order, 'undo', now);
  const words = connectorWords(order.language);
  const set = setName(opened, address, order);
  if (held) {
    await firewall.change(holdingRules(settings, address, held, now, order));
    return words.heldByAnother(shown, set, untilOf(held, order));
  }
  const removed = await remove(opened, address);
  return removed ? words.tookFromSet(shown, set) : words.noneInSet(shown, set);
}

/** Whether it was there. It may go by itself between looking and deleting, so it is deleted first and looked at then. */
async function remove(opened: Opened, address: string): Promise<boolean> {
  try {
    await opened.firewall.change(deleteElement(opened.settings, address));
    return true;
  } catch (error) {
    const state = await stateOf(opened, address);
    if (state?.element) throw error;
    return false;
  }
}

async function stateOf({ firewall, settings }: Opened, address: string): Promise<TableState | undefined> {
  const json = await firewall.table();
  return json === undefined ? undefined : readTable(json, settings, address);
}

function holdingRules(settings: NftablesSettings, address: string, held: Held, now: Date, order: Order): string {
  const seconds = held.until && Math.ceil((held.until.getTime() - now.getTime()) / 1000);
  return tableRules(settings) + addElement(settings, address, seconds, plainReference(order.reference));
}

function setName({ settings, namespace }: Opened, address: string, { language }: Order): string {
  const words = connectorWords(language);
  const where = namespace === undefined ? words.thisMachine : words.namespace(namespace);
  return words.set(setOf(settings, address), settings.table, where);
}

function untilOf({ until }: Held, { language }: Order): string {
  return until ? connectorWords(language).until(until.toISOString()) : '';
}
