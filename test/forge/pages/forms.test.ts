import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ForgeInTest, forgeInTest, SOC } from '../running-forge.ts';
import { Visitor, visitorOf } from './visitor.ts';

let t: ForgeInTest;
let visitor: Visitor;
const comments = '/acme/soc/issues/1/comments';
const said = async () => (await t.app.rest.issues.listComments({ ...SOC, issue_number: 1 })).data.length;

beforeAll(async () => {
  t = await forgeInTest();
  await t.app.rest.issues.create({ ...SOC, title: 'Odd process', body: 'text' });
  visitor = await visitorOf(t.forge);
});
afterAll(() => t[Symbol.asyncDispose]());

/** The status of a request with a `Host` that fetch would not let us send. */
function statusWithHost(host: string, method: string): Promise<number | undefined> {
  const { port } = new URL(t.forge.url);
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: comments, method, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });
}

describe('forms of the pages', () => {
  it('do nothing without a token, with a wrong one, or with one of another session', async () => {
    const before = await said();
    const other = await visitorOf(t.forge);
    for (const token of ['', 'wrong', other.token]) {
      const answer = await visitor.post(comments, { body: 'x', token });
      expect(answer.status).toBe(403);
      expect(answer.html).toContain('was not made for this browser session');
    }
    expect(await said()).toBe(before);
  });

  it('do nothing when they come from another site, from no site or from another port of this machine', async () => {
    const before = await said();
    for (const origin of ['https://evil.example', 'null', '', 'http://localhost:1']) {
      const answer = await visitor.post(comments, { body: 'x' }, { origin });
      expect(answer.status).toBe(403);
      expect(answer.html).toContain('sent by another site');
    }
    expect(await said()).toBe(before);
  });

  it('and pages are refused to a name rebound to this machine', async () => {
    expect(await statusWithHost('evil.example', 'POST')).toBe(421);
    expect(await statusWithHost(`evil.example:${new URL(t.forge.url).port}`, 'GET')).toBe(421);
    expect(await statusWithHost(new URL(t.forge.url).host, 'GET')).toBe(404);
  });

  it('are refused when they are too large or no forms', async () => {
    const large = await visitor.post(comments, { body: 'x'.repeat(4_300_000) });
    expect(large.status).toBe(413);
    const json = await visitor.post(comments, { body: 'x' }, { 'content-type': 'text/plain' });
    expect(json.status).toBe(415);
    const long = await visitor.post(comments, { body: 'y'.repeat(65_537) });
    expect([long.status, long.html.includes('body is too long (maximum is 65536 characters)')]).toEqual([422, true]);
    expect(long.html).toContain('What you typed');
  });

  it('act as the person they name, who is remembered in a cookie other sites do not get', async () => {
    const answer = await visitor.post(comments, { body: '/take', as: 'ken' });
    expect([answer.status, answer.location?.split('#')[0]]).toEqual([303, '/acme/soc/issues/1']);
    const cookies = answer.headers.getSetCookie().join('\n');
    expect(cookies).toMatch(/^yagura-person=ken;.*HttpOnly; SameSite=Strict$/m);
    const last = (await t.app.rest.issues.listComments({ ...SOC, issue_number: 1 })).data.at(-1);
    expect([last?.user?.login, last?.body, last?.performed_via_github_app]).toEqual(['ken', '/take', null]);
    expect((await visitor.get('/acme/soc/issues/1')).html).toContain('<option value="ken" selected>');
  });

  it('cannot act as the bot, the organisation or a stranger', async () => {
    for (const as of ['yagura[bot]', 'acme', 'nobody']) {
      expect((await visitor.post(comments, { body: 'x', as })).status).toBe(422);
    }
  });

  it('leave each person the rights GitHub would', async () => {
    const otto = await visitorOf(t.forge);
    expect((await otto.post(comments, { body: 'may I?', as: 'otto' })).status).toBe(303);
    const close = await otto.post(comments, { body: 'I close this', action: 'close' });
    expect(close.status).toBe(403);
    expect(close.html).toContain('Must have triage rights to Repository.');
    expect(close.html).toContain('I close this');
    expect((await otto.post('/acme/soc/issues/1/labels', { toggle: 'severity: low' })).status).toBe(403);
    expect((await otto.get('/acme/soc-config')).status).toBe(404);
    const issue = (await t.app.rest.issues.get({ ...SOC, issue_number: 1 })).data;
    expect([issue.state, issue.labels]).toEqual(['open', []]);
    const bodies = (await t.app.rest.issues.listComments({ ...SOC, issue_number: 1 })).data.map((one) => one.body);
    expect(bodies).not.toContain('I close this');
  });

  it('switch the person and lead back only to pages of this site', async () => {
    const back = async (path: string) => (await visitor.post('/_person', { as: 'mika', back: path })).location;
    expect(await back('/acme/soc/issues?state=all')).toBe('/acme/soc/issues?state=all');
    for (const path of ['//evil.example', 'https://evil.example', '/\\evil.example', ''])
      expect(await back(path)).toBe('/');
  });
});

describe('every page', () => {
  it('forbids everything that is not ours, inline code and being framed', async () => {
    for (const path of ['/acme/soc/issues', '/acme/soc/issues/1', '/nowhere/at/all', '/assets/site.css']) {
      const { headers } = await visitor.get(path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
          "frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    }
  });

  it('leaves inline styles to the diagram frame alone, which has no origin', async () => {
    const { headers } = await visitor.get('/assets/diagram.html');
    expect(headers.get('content-security-policy')).toBe(
      "sandbox allow-scripts; default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'",
    );
  });

  it('gives assets by their names only and again only when they changed', async () => {
    expect((await visitor.get('/assets/mermaid.js')).headers.get('content-type')).toBe(
      'text/javascript; charset=utf-8',
    );
    for (const name of ['page-routes.ts', '..%2fpage-routes.ts', '%2e%2e%2fassets.ts', 'frame.css']) {
      expect((await visitor.get(`/assets/${name}`)).status).toBe(404);
    }
    const { headers } = await visitor.get('/assets/fresh.js');
    const again = await fetch(`${t.forge.url}/assets/fresh.js`, {
      headers: { 'if-none-match': headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it('is 404 where there is nothing', async () => {
    for (const path of ['/acme/soc/issues/77', '/acme/none', '/acme/soc/blob/main/none.md', '/acme/soc/tree/none']) {
      expect((await new Visitor(t.forge).get(path)).status).toBe(404);
    }
  });
});
