import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createDetectionCheck } from '../../src/cli/detection-check.ts';
import { loadPolicy, type PolicyFile } from '../../src/policy/load-policy.ts';
import type { KnownPlugins } from '../../src/policy/response-rules.ts';

/** What the policies of these tests may name. */
export const known: KnownPlugins = {
  detections: createDetectionCheck(),
  tools: ['address-owner', 'entity-alerts', 'organization-context', 'raw-record', 'similar-incidents'],
  actions: [{ action: 'block', entity: ['ip', 'domain'] }],
  connectors: ['blocklist', 'nftables'],
  settings: new Map([['blocklist', z.strictObject({ list: z.string().max(40) })]]),
  sole: new Map([['blocklist', 'list']]),
  each: new Map([
    ['address-owner', 'entity'],
    ['raw-record', 'alert'],
    ['similar-incidents', 'incident'],
  ]),
};

export const meta = { commit: 'c'.repeat(40), repository: 'acme/soc-config' };

/** Files from text by path. */
export function filesOf(texts: Record<string, string | Uint8Array>): PolicyFile[] {
  return Object.entries(texts).map(([path, text]) => ({
    path,
    content: typeof text === 'string' ? new TextEncoder().encode(text) : text,
  }));
}

/** Loads files and returns the problems as `path:line message`. */
export function problemsIn(texts: Record<string, string | Uint8Array>): string[] {
  return loadPolicy(filesOf(texts), meta, known).problems.map((p) => `${p.path}:${p.line} ${p.message}`);
}

/** Loads files that must be good. */
export function goodPolicy(texts: Record<string, string | Uint8Array>) {
  const { policy, problems } = loadPolicy(filesOf(texts), meta, known);
  if (problems.length > 0) throw new Error(`Expected no problems, got ${JSON.stringify(problems)}`);
  return policy;
}

/** The files of a folder of `examples/`. */
export function exampleFiles(name: string): PolicyFile[] {
  const root = fileURLToPath(new URL(`../../examples/${name}/`, import.meta.url));
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((full) => ({ path: relative(root, full), content: readFileSync(full) }));
}
