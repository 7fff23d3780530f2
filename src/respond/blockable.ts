import { addressRange, canonicalAddress } from '../domain/address.ts';
import { defang } from '../domain/defang.ts';
import type { Entity } from '../domain/entity.ts';
import { YaguraError } from '../domain/error.ts';
import { type EveryLanguage, everyLanguage } from '../domain/locale.ts';
import { connectorWords } from '../messages/connectors.ts';

/** Addresses that mean "here", "anywhere" or "all of you": blocking them cuts off the one who blocks. */
const unblockable = new Set(['loopback', 'unspecified', 'broadcast', 'multicast', 'linkLocal']);

const domainName = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$/;

/**
 * What a connector writes into a firewall or a list: a canonical address or domain, nothing that could end a line or a
 * statement there. The last line of defence behind policy and executor. Throws `YaguraError('connector')`.
 */
export function blockable(target: Entity, types: Entity['type'][]): string {
  const why = whyNotBlockable(target, types);
  if (why === undefined) return target.value;
  const shown = JSON.stringify(defang(target).slice(0, 80));
  throw new YaguraError(
    'connector',
    everyLanguage((language) => connectorWords(language).notBlockable(shown, why[language])),
  );
}

/** Half a sentence; undefined when it is blockable. */
export function whyNotBlockable({ type, value }: Entity, types: Entity['type'][]): EveryLanguage | undefined {
  const { table: words } = connectorWords;
  if (!types.includes(type)) return everyLanguage((language) => connectorWords(language).onlyTypes(types));
  if (type === 'domain') return domainName.test(value) ? undefined : words.noDomain;
  if (type !== 'ip' || canonicalAddress(value) !== value) return words.noAddress;
  const range = addressRange(value) ?? '';
  return unblockable.has(range) ? everyLanguage((language) => connectorWords(language).ofRange(range)) : undefined;
}

/** Where something was ordered, as it may stand in a commit message or a firewall's comment. */
export function plainReference(reference: string): string {
  return reference
    .replace(/[^A-Za-z0-9 /#._-]/g, '')
    .slice(0, 100)
    .trim();
}
