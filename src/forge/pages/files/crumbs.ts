import { html } from 'hono/html';
import type { Html } from '../html.ts';
import { type Place, placePath } from './place.ts';

/** `acme/soc / folder / file`, each a link to its folder. */
export function crumbs(place: Place): Html {
  const names = place.path.split('/').filter((name) => name !== '');
  const links = names.map((name, index) => {
    const path = names.slice(0, index + 1).join('/');
    return index === names.length - 1
      ? html` / <b>${name}</b>`
      : html` / <a href="${placePath(place, 'tree', path)}">${name}</a>`;
  });
  return html`<p class="crumbs"><a href="${placePath(place, 'tree', '')}">${place.scene.repo.name}</a>${links} <span class="quiet">on ${place.branch}</span></p>`;
}
