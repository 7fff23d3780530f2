import { z } from 'zod';
import { defang } from '../../domain/defang.ts';
import { blockable } from '../blockable.ts';
import type { Connector, OpenResource, Order } from '../connector.ts';
import { heldAfter } from '../held-after.ts';
import { listBranch, listName, listPath } from './blocklist/list-file.ts';
import { blockTypes, type ListPlace, readList, writeList } from './blocklist/list-writer.ts';

const settings = z.strictObject({
  list: z.string().regex(listName, 'Name the list in lower-case letters, digits and hyphens.'),
});

/**
 * Keeps a list file on the branch `yagura/lists` of the issue repository, which firewalls pull as an external dynamic
 * list. Two resources must not share a list: each writes the whole of what it holds, and would drop what the other does.
 */
export const blocklist: Connector<z.infer<typeof settings>> = {
  name: 'blocklist',
  summary: 'A list of addresses and domains that firewalls pull, on the branch yagura/lists and at /lists/<name>.txt.',
  actions: [{ action: 'block', entity: blockTypes }],
  settings,
  sole: 'list',
  async open(_id, { list }, { forge, repo, clock }) {
    return openList({ forge, repo, clock, list });
  },
};

function openList(place: ListPlace): OpenResource {
  const where = `${listPath(place.list)} on ${listBranch}`;
  return {
    async dryRun(order) {
      const value = blockable(order.target, blockTypes);
      const lines = (await readList(place)) ?? [];
      const shown = defang(order.target);
      if (lines.includes(value)) return `${shown} is in ${where} already${untilOf(order)}.`;
      return `Would add ${shown} to ${where} (${count(lines.length)} now)${untilOf(order)}.`;
    },
    async apply(order) {
      blockable(order.target, blockTypes);
      const { committed, size } = await writeList(place, order, 'apply');
      const shown = defang(order.target);
      if (!heldAfter(order, 'apply', place.clock.now())) return `The time for ${shown} is over; it is not in ${where}.`;
      if (!committed) return `${shown} was in ${where} already (${count(size)}).`;
      return `Added ${shown} to ${where} (${count(size)})${untilOf(order)}.`;
    },
    async verify(order) {
      const lines = await readList(place);
      const shown = defang(order.target);
      if (!lines) return { holds: false, sentence: `There is no ${where}.` };
      const holds = lines.includes(order.target.value);
      return { holds, sentence: `${shown} is ${holds ? '' : 'not '}in ${where} (${count(lines.length)}).` };
    },
    async undo(order) {
      blockable(order.target, blockTypes);
      const { committed, size } = await writeList(place, order, 'undo');
      const shown = defang(order.target);
      if (heldAfter(order, 'undo', place.clock.now())) return `${shown} stays in ${where}: another task holds it.`;
      if (!committed) return `${shown} was not in ${where} (${count(size)}).`;
      return `Took ${shown} out of ${where} (${count(size)}).`;
    },
  };
}

function untilOf({ expiresAt }: Order): string {
  return expiresAt ? `, until ${expiresAt.toISOString()}` : '';
}

function count(size: number): string {
  return `${size} ${size === 1 ? 'entry' : 'entries'}`;
}
