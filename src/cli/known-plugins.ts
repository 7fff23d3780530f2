import { existsSync, readdirSync } from 'node:fs';
import type { KnownPlugins } from '../policy/response-rules.ts';

/** What the response rules of a policy may name. */
const actions: KnownPlugins['actions'] = [{ action: 'block', entity: ['ip', 'domain'] }];

/** What is installed in this checkout, for checking a policy without starting anything: the folders are the registry. */
export function knownPlugins(): KnownPlugins {
  const connectors = new URL('../respond/connectors/', import.meta.url);
  return {
    tools: namesIn(new URL('../../tools/', import.meta.url)),
    connectors: existsSync(connectors) ? namesIn(connectors) : ['blocklist', 'nftables'],
    actions,
  };
}

function namesIn(folder: URL): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}
