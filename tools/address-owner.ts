import { z } from 'zod';
import { addressRange, inBlock } from '../src/domain/address.ts';
import type { Tool } from '../src/investigate/tool.ts';
import { toolWords } from '../src/messages/tools.ts';

const args = z.strictObject({ entity: z.object({ type: z.literal('ip'), value: z.string() }) });

/** RFC 5737 and RFC 3849: addresses for documentation, which `ipaddr.js` partly calls plain reserved. */
const documentation = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32'];

/** Who owns an address, as far as that is known offline: the organization's networks and the reserved ranges. */
export const addressOwner: Tool<z.infer<typeof args>> = {
  name: 'address-owner',
  summary: "Who owns an address, offline: the organization's networks, private and documentation ranges.",
  risk: 'own',
  each: 'entity',
  args,
  async run({ entity }, { policy, language }) {
    const words = toolWords(language);
    const networks = policy.context.filter((e) => e.cidr.some((block) => inBlock(entity.value, block)));
    const [network] = networks;
    if (network)
      return {
        outcome: 'found',
        summary: words.isOurs(entity, network.name, network.origin.path),
        result: { owner: 'organization', networks: networks.map((n) => n.name) },
        trust: 'own',
      };
    const range = documentation.some((block) => inBlock(entity.value, block))
      ? 'documentation'
      : addressRange(entity.value);
    if (range !== undefined && range !== 'unicast')
      return {
        outcome: 'found',
        summary: words.notPublic(entity, rangeName(range, words)),
        result: { owner: 'reserved', range },
        trust: 'own',
      };
    return {
      outcome: 'could-not-look',
      summary: words.ownerUnknown(entity),
      result: { range: range ?? 'malformed' },
      trust: 'own',
    };
  },
};

/** A kind of address as people call it; a rare one by its name in the registries. */
function rangeName(range: string, words: ReturnType<typeof toolWords>): string {
  const names: Record<string, string> = {
    private: words.private,
    loopback: words.loopback,
    linkLocal: words.linkLocal,
    uniqueLocal: words.uniqueLocal,
    documentation: words.documentation,
    multicast: words.multicast,
    reserved: words.reserved,
    carrierGradeNat: words.carrierGradeNat,
  };
  return names[range] ?? range;
}
