import { html } from 'hono/html';
import { notFound } from '../../refusal.ts';
import type { Html } from '../html.ts';
import { showPage } from '../layout.ts';
import type { PageContext } from '../page-app.ts';
import { RAW_POLICY } from '../security-headers.ts';
import { crumbs } from './crumbs.ts';
import { showMarkdownFile } from './markdown-file.ts';
import { type Place, placeOf, placePath } from './place.ts';
import { readFile } from './read-file.ts';

/** Larger files are shown raw only; bytes. */
const SHOWN_BYTES = 524_288;

/** The text of a file, or null when it is not UTF-8 text (a NUL byte, git's own test, or broken encoding). */
export function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The bytes of the file at a place; 404 when there is none. */
export function bytesAt(place: Place): Buffer {
  const bytes = readFile(place.scene, place.commit, place.path);
  if (!bytes) throw notFound();
  return bytes;
}

/** `/:owner/:repo/blob/:branch/*path`; markdown is rendered unless `?plain=1`. */
export async function blobPage(c: PageContext): Promise<Response> {
  const place = placeOf(c);
  const bytes = bytesAt(place);
  const text = bytes.length > SHOWN_BYTES ? null : textOf(bytes);
  const markdown = /\.(md|markdown)$/i.test(place.path);
  const rendered = markdown && c.req.query('plain') !== '1';
  const other = markdown
    ? html`<a class="button" href="${placePath(place, 'blob')}${rendered ? '?plain=1' : ''}">${rendered ? 'Source' : 'Rendered'}</a>`
    : '';
  const body = html`<div class="row">${crumbs(place)}<span class="buttons">${other}
<a class="button" href="${placePath(place, 'raw')}">Raw</a>
${text === null ? '' : html`<a class="button primary" href="${placePath(place, 'edit')}">Edit</a>`}</span></div>
<section class="box">${
    text === null
      ? html`<p class="empty">This file is not text, or too large to show.</p>`
      : rendered
        ? showMarkdownFile(place.scene, text)
        : source(text)
  }</section>`;
  return showPage(c, { title: place.path, body, scene: place.scene, tab: 'files' });
}

function source(text: string): Html {
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  const rows = lines.map((line, index) => html`<tr id="L${index + 1}"><th>${index + 1}</th><td>${line}</td></tr>`);
  return html`<table class="code">${rows}</table>`;
}

/** `/:owner/:repo/raw/:branch/*path`: the bytes, as something no browser runs. */
export function rawFile(c: PageContext): Response {
  const bytes = bytesAt(placeOf(c));
  const type = textOf(bytes) === null ? 'application/octet-stream' : 'text/plain; charset=utf-8';
  return new Response(new Uint8Array(bytes), {
    headers: { 'content-type': type, 'content-security-policy': RAW_POLICY },
  });
}
