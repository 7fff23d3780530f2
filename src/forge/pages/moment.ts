import { html } from 'hono/html';
import type { Html } from './html.ts';

/** A time as people read it; absolute, because a page may stay open for hours. */
export function moment(stamp: string): Html {
  return html`<time datetime="${stamp}">${stamp.slice(0, 10)} ${stamp.slice(11, 16)} UTC</time>`;
}
