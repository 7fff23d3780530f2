import type { EveryLanguage } from '../../../domain/locale.ts';
import { unavailableWords } from '../../../messages/unavailable.ts';
import type { ConnectorEnvironment } from '../../connector.ts';
import { demoNamespace, makeDemoNamespace } from './demo-namespace.ts';
import { type Firewall, type FirewallPlace, openFirewall } from './firewall.ts';
import { type NftablesSettings, tableRules } from './ruleset.ts';
import { findProgram } from './run-command.ts';

const { table: why } = unavailableWords;

/** The firewall that may be changed here, or why there is none; changes nothing but to make the demo's namespace. */
export async function openPlace(
  settings: NftablesSettings,
  { demo, hostFirewall, dataDir }: Pick<ConnectorEnvironment, 'demo' | 'hostFirewall' | 'dataDir'>,
  folders?: string[],
): Promise<{ firewall: Firewall; namespace: string | undefined } | { unavailable: EveryLanguage }> {
  if (process.platform !== 'linux') return { unavailable: why.linuxOnly };
  if (!demo && !hostFirewall) {
    return { unavailable: why.ownFirewall };
  }
  const nft = findProgram('nft', folders);
  if (nft === undefined) return { unavailable: why.noNft };
  const place: FirewallPlace = { nft };
  if (demo) {
    const ip = findProgram('ip', folders);
    if (ip === undefined) return { unavailable: why.noIp };
    const name = demoNamespace(dataDir);
    const unavailable = await makeDemoNamespace(ip, name);
    if (unavailable !== undefined) return { unavailable };
    place.namespace = { ip, name };
  }
  const firewall = openFirewall(place, settings);
  const unavailable = await firewall.check(tableRules(settings));
  if (unavailable !== undefined) return { unavailable };
  return { firewall, namespace: place.namespace?.name };
}
