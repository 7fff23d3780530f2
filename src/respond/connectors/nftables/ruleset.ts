import { z } from 'zod';

const identifier = z.string().regex(/^[a-z][a-z0-9_]{0,30}$/, 'Use lower-case letters, digits and underscores.');

/**
 * A table whose name begins with `yagura` is ours: no other table is ever written to. Resources that differ in anything
 * else need tables of their own, since each writes its table's rules whole.
 */
export const nftablesSettings = z.strictObject({
  table: z
    .string()
    .regex(/^yagura[a-z0-9_]{0,24}$/, 'The table is Yagura\'s own: its name begins with "yagura".')
    .default('yagura'),
  set4: identifier.default('blocked4'),
  set6: identifier.default('blocked6'),
  /** Addresses each set holds at most. */
  size: z.number().int().min(1).max(1_000_000).default(65_536),
  /** Of the chains; the host's own filter is usually 0 and comes later. */
  priority: z.number().int().min(-150).max(150).default(-10),
});
export type NftablesSettings = z.infer<typeof nftablesSettings>;

export const hooks = ['input', 'output', 'forward'] as const;
const directions = { input: ['saddr'], output: ['daddr'], forward: ['saddr', 'daddr'] } as const;

/**
 * Table, sets, chains and rules, in one transaction that leaves the same behind however often it runs, keeps what is
 * in the sets, and has no moment without the rules.
 */
export function tableRules({ table, set4, set6, size, priority }: NftablesSettings): string {
  const at = `inet ${table}`;
  const lines = [
    `add table ${at}`,
    `add set ${at} ${set4} { type ipv4_addr; size ${size}; flags timeout; }`,
    `add set ${at} ${set6} { type ipv6_addr; size ${size}; flags timeout; }`,
  ];
  for (const hook of hooks) {
    lines.push(`add chain ${at} ${hook} { type filter hook ${hook} priority ${priority}; policy accept; }`);
    lines.push(`flush chain ${at} ${hook}`);
    for (const direction of directions[hook]) {
      lines.push(`add rule ${at} ${hook} ip ${direction} @${set4} counter drop`);
      lines.push(`add rule ${at} ${hook} ip6 ${direction} @${set6} counter drop`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The set an address belongs into. */
export function setOf(settings: NftablesSettings, address: string): string {
  return address.includes(':') ? settings.set6 : settings.set4;
}

/**
 * Puts a canonical address into its set for so many seconds (undefined: until deleted). `add` alone does not renew the
 * timeout of an element on older kernels, and `delete` alone fails without one: together they always end the same.
 */
export function addElement(
  settings: NftablesSettings,
  address: string,
  seconds: number | undefined,
  comment: string,
): string {
  const set = `inet ${settings.table} ${setOf(settings, address)}`;
  const timeout = seconds === undefined ? '' : ` timeout ${duration(seconds)}`;
  const note = comment === '' ? '' : ` comment "${comment}"`;
  return [
    `add element ${set} { ${address} }`,
    `delete element ${set} { ${address} }`,
    `add element ${set} { ${address}${timeout}${note} }`,
    '',
  ].join('\n');
}

export function deleteElement(settings: NftablesSettings, address: string): string {
  return `delete element inet ${settings.table} ${setOf(settings, address)} { ${address} }\n`;
}

/** `nft` refuses more than eight digits before a unit ("value too large"). */
function duration(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const rest = seconds % 86_400;
  return [days > 0 ? `${days}d` : '', rest > 0 || days === 0 ? `${rest}s` : ''].join('');
}
