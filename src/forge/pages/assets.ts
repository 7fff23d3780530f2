import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { PageApp } from './page-app.ts';
import { DIAGRAM_POLICY } from './security-headers.ts';

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  html: 'text/html; charset=utf-8',
};
const OURS = ['fresh.js', 'diagrams.js', 'diagram.js', 'diagram.html', 'icon.svg'];
/** One sheet for the browser, four files for us. */
const SHEETS = ['frame.css', 'controls.css', 'content.css', 'code.css'];

interface Asset {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
  etag: string;
}

const read = new Map<string, Asset>();

/** A served file by name, read on first use; undefined for any other name. */
function assetNamed(name: string): Asset | undefined {
  const known = read.get(name);
  if (known) return known;
  const bytes = bytesOf(name);
  if (!bytes) return undefined;
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const asset = { bytes: new Uint8Array(bytes), type, etag };
  read.set(name, asset);
  return asset;
}

function bytesOf(name: string): Buffer | undefined {
  const ours = (file: string) => readFileSync(new URL(`./assets/${file}`, import.meta.url));
  if (name === 'site.css') return Buffer.concat(SHEETS.map(ours));
  if (name === 'mermaid.js') return readFileSync(createRequire(import.meta.url).resolve('@mermaid-js/tiny'));
  return OURS.includes(name) ? ours(name) : undefined;
}

/** `/assets/<name>`: our own few files, and Mermaid from its package. */
export function addAssets(pages: PageApp): void {
  pages.get('/assets/:name', (c) => {
    const file = assetNamed(c.req.param('name'));
    if (!file) return c.notFound();
    const headers = {
      'content-type': file.type,
      etag: file.etag,
      'cache-control': 'no-cache',
      ...(file.type === TYPES.html ? { 'content-security-policy': DIAGRAM_POLICY } : {}),
    };
    const same = c.req.header('if-none-match') === file.etag;
    return new Response(same ? null : file.bytes, { status: same ? 304 : 200, headers });
  });
}
