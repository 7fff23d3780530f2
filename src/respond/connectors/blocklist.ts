import { z } from 'zod';
import { defang } from '../../domain/defang.ts';
import { connectorWords } from '../../messages/connectors.ts';
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
  shownIn: ({ repo }) => repo,
  async open(_id, { list }, { forge, repo, clock }) {
    return openList({ forge, repo, clock, list });
  },
};

function openList(place: ListPlace): OpenResource {
  return {
    async dryRun(order) {
      const value = blockable(order.target, blockTypes);
      const { words, shown, where, until } = told(place, order);
      const lines = (await readList(place)) ?? [];
      if (lines.includes(value)) return words.alreadyIn(shown, where, until);
      return words.wouldAdd(shown, where, words.entries(lines.length), until);
    },
    async apply(order) {
      blockable(order.target, blockTypes);
      const { words, shown, where, until } = told(place, order);
      const { committed, size } = await writeList(place, order, 'apply');
      if (!heldAfter(order, 'apply', place.clock.now())) return words.overNotIn(shown, where);
      if (!committed) return words.wasIn(shown, where, words.entries(size));
      return words.added(shown, where, words.entries(size), until);
    },
    async verify(order) {
      const { words, shown, where } = told(place, order);
      const lines = await readList(place);
      if (!lines) return { holds: false, sentence: words.noList(where) };
      const holds = lines.includes(order.target.value);
      const say = holds ? words.isIn : words.isNotIn;
      return { holds, sentence: say(shown, where, words.entries(lines.length)) };
    },
    async undo(order) {
      blockable(order.target, blockTypes);
      const { words, shown, where } = told(place, order);
      const { committed, size } = await writeList(place, order, 'undo');
      if (heldAfter(order, 'undo', place.clock.now())) return words.heldByAnother(shown, where, '');
      if (!committed) return words.wasNotIn(shown, where, words.entries(size));
      return words.tookOut(shown, where, words.entries(size));
    },
  };
}

/** The parts of every sentence about an order. */
function told({ list }: ListPlace, { target, language, expiresAt }: Order) {
  const words = connectorWords(language);
  const where = words.listed(listPath(list), listBranch);
  return { words, where, shown: defang(target), until: expiresAt ? words.until(expiresAt.toISOString()) : '' };
}
