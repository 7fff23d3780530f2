import { existsSync } from 'node:fs';

/** The folders of `src/` between which the import rule speaks. */
const folders = [
  'cli',
  'commands',
  'correlate',
  'demo',
  'detect',
  'forge',
  'github',
  'ingest',
  'investigate',
  'messages',
  'model',
  'normalize',
  'notify',
  'policy',
  'ports',
  'publish',
  'report',
  'respond',
  'run',
  'sources',
  'store',
  'triage',
] as const;

/** The files of `src/` itself. */
const files = [
  'agent',
  'app',
  'clock',
  'environment',
  'index',
  'pipeline',
  'plugins',
  'server',
  'settings',
  'token-file',
] as const;

/** The stages, in the order of the flow. */
const stages = [
  'ingest',
  'normalize',
  'detect',
  'triage',
  'correlate',
  'publish',
  'investigate',
  'respond',
  'report',
] as const;

export interface Layer {
  /** Folder of the checkout. */
  folder: string;
  /** Folders of `src/`, or files of it with `.ts`, that it may import; `domain` and itself go without saying. */
  may: readonly string[];
  /** Said by the linter. */
  rule: string;
}

/** The import rule of docs/decisions/0007-run-assembles.md. What is not named here assembles: app, index, pipeline, run, cli, demo. */
export const layers: readonly Layer[] = [
  { folder: 'src/domain', may: [], rule: 'domain imports nothing of ours' },
  { folder: 'src/ports', may: [], rule: 'a port imports domain' },
  { folder: 'src/messages', may: [], rule: 'messages are words: they import domain' },
  ...stages.map((stage) => ({
    folder: `src/${stage}`,
    may: stage === 'detect' ? ['ports'] : ['ports', 'messages'],
    rule: 'a stage imports domain, messages and ports, never another stage',
  })),
  { folder: 'src/sources', may: ['normalize', 'messages'], rule: 'a source imports domain, messages and normalize' },
  { folder: 'src/policy', may: ['ports', 'messages'], rule: 'policy imports domain, messages and ports' },
  {
    folder: 'tools',
    may: ['ports', 'messages', 'investigate/tool.ts'],
    rule: 'a tool imports domain, messages, ports and its contract',
  },
  ...['github', 'forge', 'model'].map((rim) => ({
    folder: `src/${rim}`,
    may: rim === 'forge' ? ['ports', 'environment.ts'] : ['ports', 'environment.ts', 'messages'],
    rule: 'what implements a port imports domain and ports, and the words of what it says to people',
  })),
  {
    folder: 'src/store',
    may: ['ports', 'environment.ts', 'messages'],
    rule: 'the store imports domain, ports and the words of what it writes for people',
  },
  {
    folder: 'src/notify',
    may: ['ports', 'messages', 'publish'],
    rule: 'a notification channel imports domain, messages, ports and publish',
  },
  {
    folder: 'src/commands',
    may: ['ports', 'messages', 'publish', 'respond', 'store'],
    rule: 'a command puts stages and store together, and knows nothing of GitHub, the forge or the loops',
  },
];

/** Whether a file of the layer may import a path below `src/`, such as `publish/text.ts`. */
export function allows(layer: Layer, imported: string): boolean {
  const own = layer.folder.replace(/^src\//, '');
  return ['domain', own, ...layer.may].some((may) => imported === may || imported.startsWith(`${may}/`));
}

/** The layer as an override of `biome.json`, which says it while one types. */
export function biomeOverride(layer: Layer) {
  const own = layer.folder.replace(/^src\//, '');
  const below = layer.folder.startsWith('src/') ? '../**' : '../**/src';
  const up = layer.folder.startsWith('src/') ? '{..,../..,../../..,../../../..}' : '../**/src';
  const closed = folders.filter((name) => name !== own && !layer.may.some((may) => may.split('/')[0] === name));
  // A folder's own file of that name would be meant from the folders below it; the walk over imports tells them apart.
  const has = (name: string) => existsSync(new URL(`../../${layer.folder}/${name}.ts`, import.meta.url));
  const shut = files.filter((name) => !layer.may.includes(`${name}.ts`) && !has(name));
  const partly = layer.may.filter((may) => may.includes('/'));
  const group = [
    `${below}/{${closed.join(',')}}/**`,
    `${up}/{${shut.join(',')}}.ts`,
    ...partly.flatMap((may) => [`${below}/${may.split('/')[0]}/**`, `!${below}/${may}`]),
  ];
  return {
    includes: [`${layer.folder}/**`],
    linter: {
      rules: {
        style: {
          noRestrictedImports: { level: 'error', options: { patterns: [{ group, message: `${layer.rule}.` }] } },
        },
      },
    },
  };
}
