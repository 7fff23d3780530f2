import { html } from 'hono/html';
import type { Label } from '../state/entities.ts';
import type { Html } from './html.ts';

/** A label: its colour is a drawn dot, because the policy of the pages allows no inline style. */
export function labelChip(label: Label): Html {
  const color = /^[0-9a-f]{6}$/i.test(label.color) ? label.color : 'ededed';
  return html`<span class="label" title="${label.description ?? ''}"><svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true"><circle cx="4" cy="4" r="4" fill="#${color}"/></svg>${label.name}</span>`;
}
