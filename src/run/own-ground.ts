import { getServers } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { Policy } from '../domain/policy.ts';
import { PUBLIC_API_URL } from '../github/api-url.ts';
import type { LivePolicySource } from '../policy/source.ts';

/** What Yagura itself cannot do without: blocking it would cut Yagura off from people and from its own undo. */
export interface OwnGround {
  /** Hosts of the forge, their addresses as far as they are known, and this machine's resolvers. */
  list(): readonly string[];
  /** Looks the addresses of the forge's hosts up again; those seen before stay. Never throws. */
  refresh(): Promise<void>;
}

export function createOwnGround(
  apiUrl: string,
  resolve: (host: string) => Promise<{ address: string }[]> = (host) => lookup(host, { all: true }),
  servers: () => string[] = getServers,
): OwnGround {
  const hosts = apiUrl === PUBLIC_API_URL ? ['api.github.com', 'github.com'] : [bare(new URL(apiUrl).hostname)];
  const addresses = new Set<string>();
  let listed: readonly string[] = [...hosts, ...servers().map(bare)];
  return {
    list: () => listed,
    async refresh() {
      const found = await Promise.all(hosts.map((host) => resolve(host).catch(() => [])));
      for (const { address } of found.flat()) addresses.add(address);
      listed = [...new Set([...hosts, ...servers().map(bare), ...addresses])];
    },
  };
}

/** The policy in force, whose never-block list also has what Yagura stands on. */
export function protectOwn(source: LivePolicySource, ground: Pick<OwnGround, 'list'>): LivePolicySource {
  let made: { from: Policy; list: readonly string[]; policy: Policy } | undefined;
  return {
    ...source,
    current() {
      const from = source.current();
      const list = ground.list();
      if (made?.from !== from || made.list !== list)
        made = { from, list, policy: { ...from, neverBlock: [...new Set([...from.neverBlock, ...list])] } };
      return made.policy;
    },
  };
}

/** An address or name without port, brackets and zone. */
function bare(text: string): string {
  const inside = /^\[(?<address>[^\]]*)\]/.exec(text)?.groups?.address;
  const address = inside ?? (text.split(':').length === 2 ? text.replace(/:\d+$/, '') : text);
  return address.replace(/%.*$/, '');
}
