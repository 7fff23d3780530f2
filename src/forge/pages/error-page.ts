import { html } from 'hono/html';
import { Refusal } from '../refusal.ts';
import { showPage } from './layout.ts';
import type { PageContext } from './page-app.ts';

/** Fields whose text a refused form gives back, so that nothing typed is lost. */
const KEPT = ['body', 'content', 'message', 'title'];

/** The page of a request that was refused or failed. */
export async function errorPage(c: PageContext, error: Error): Promise<Response> {
  if (!(error instanceof Refusal)) console.error('forge pages:', error);
  const refusal = error instanceof Refusal ? error : new Refusal(500, 'The forge failed; its log says why.');
  const status = refusal.status >= 400 ? refusal.status : 404;
  const visit = c.get('visit');
  if (!visit) return new Response(`${sentenceOf(refusal)}\n`, { status, headers: { 'content-type': 'text/plain' } });
  const typed = KEPT.map((name) => c.get('form')?.text(name) ?? '').filter((text) => text.trim() !== '');
  const body = html`<section class="notice bad">
<h1>${status === 404 ? 'Not found' : status === 403 ? 'Not allowed' : 'That did not work'}</h1>
<p>${sentenceOf(refusal)}</p>
${status === 404 || status === 403 ? html`<p>You act as <b>${visit.person.login}</b>. Another person may be allowed: switch above.</p>` : ''}
</section>
${typed.map((text) => html`<label>What you typed<textarea readonly rows="8">${`\n${text}`}</textarea></label>`)}`;
  return showPage(c, { title: `${status}`, body, status });
}

function sentenceOf(refusal: Refusal): string {
  if (refusal.status === 404) return 'There is no such page, or this person may not see it.';
  const more = refusal.errors?.map((one) => one.message ?? `${one.field}: ${one.code.replace('_', ' ')}`) ?? [];
  return [refusal.message, ...more].join('. ');
}
