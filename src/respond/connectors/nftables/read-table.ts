import { z } from 'zod';
import { canonicalAddress } from '../../../domain/address.ts';
import { YaguraError } from '../../../domain/error.ts';
import { unavailableWords } from '../../../messages/unavailable.ts';
import { hooks, type NftablesSettings, setOf } from './ruleset.ts';

const element = z.union([
  z.string(),
  z.looseObject({ elem: z.looseObject({ val: z.unknown(), expires: z.number().optional() }) }),
]);

/** What is read of `nft -j list table`; see libnftables-json(5). */
const listing = z.looseObject({
  nftables: z.array(
    z.looseObject({
      set: z.looseObject({ name: z.string(), elem: z.array(element).optional() }).optional(),
      rule: z.looseObject({ chain: z.string(), expr: z.array(z.unknown()) }).optional(),
    }),
  ),
});

export interface TableState {
  /** Addresses in the address's set. */
  size: number;
  /** The address's element; `expires` in whole seconds, rounded down, undefined when it stays. */
  element: { expires: number | undefined } | undefined;
  /** Hooks at which members of the set are not dropped, as they should be. */
  unguarded: string[];
}

/** What a table does with an address, from what `nft` printed. Throws `YaguraError('connector')`. */
export function readTable(json: string, settings: NftablesSettings, address: string): TableState {
  const objects = objectsOf(json);
  const name = setOf(settings, address);
  const elements = objects.find(({ set }) => set?.name === name)?.set?.elem ?? [];
  const found = elements.find((one) => canonicalAddress(String(addressOf(one))) === address);
  const guarded = new Set(objects.flatMap(({ rule }) => (rule && drops(rule.expr, `@${name}`) ? [rule.chain] : [])));
  return {
    size: elements.length,
    element: found === undefined ? undefined : { expires: typeof found === 'string' ? undefined : found.elem.expires },
    unguarded: hooks.filter((hook) => !guarded.has(hook)),
  };
}

function objectsOf(json: string): z.infer<typeof listing>['nftables'] {
  try {
    return listing.parse(JSON.parse(json)).nftables;
  } catch (cause) {
    throw new YaguraError('connector', unavailableWords.table.notRead, { cause });
  }
}

function addressOf(one: z.infer<typeof element>): unknown {
  return typeof one === 'string' ? one : one.elem.val;
}

function drops(expressions: unknown[], set: string): boolean {
  const matches = expressions.some((one) => hasMatch(one, set));
  return matches && expressions.some((one) => one !== null && typeof one === 'object' && 'drop' in one);
}

function hasMatch(expression: unknown, set: string): boolean {
  const shape = z.looseObject({ match: z.looseObject({ right: z.literal(set) }) });
  return shape.safeParse(expression).success;
}
