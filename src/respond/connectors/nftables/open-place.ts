import type { ConnectorEnvironment } from '../../connector.ts';
import { demoNamespace, makeDemoNamespace } from './demo-namespace.ts';
import { type Firewall, type FirewallPlace, openFirewall } from './firewall.ts';
import { type NftablesSettings, tableRules } from './ruleset.ts';
import { findProgram } from './run-command.ts';

/** The firewall that may be changed here, or why there is none; changes nothing but to make the demo's namespace. */
export async function openPlace(
  settings: NftablesSettings,
  { demo, hostFirewall, dataDir }: Pick<ConnectorEnvironment, 'demo' | 'hostFirewall' | 'dataDir'>,
  folders?: string[],
): Promise<{ firewall: Firewall; namespace: string | undefined } | { unavailable: string }> {
  if (process.platform !== 'linux') return { unavailable: 'nftables exists on Linux only.' };
  if (!demo && !hostFirewall) {
    return { unavailable: "This machine's own firewall is changed only with YAGURA_HOST_FIREWALL=1." };
  }
  const nft = findProgram('nft', folders);
  if (nft === undefined) return { unavailable: 'nft is not installed: install the Debian package nftables.' };
  const place: FirewallPlace = { nft };
  if (demo) {
    const ip = findProgram('ip', folders);
    if (ip === undefined) return { unavailable: 'ip is not installed: install the Debian package iproute2.' };
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
