import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scratch } from '../../scratch.ts';
import { CONFIG, type ForgeInTest, forgeInTest, SOC } from '../running-forge.ts';
import { complaintsOf, hasChromium, startChromium } from './chromium.ts';
import { INCIDENT_BODY } from './incident-body.ts';

const HOSTILE = `<script>document.title = 'taken'</script><img src=x onerror="document.title = 'taken'">
[x](javascript:document.title='taken') ![p](https://a.example/p.png) <style>body{display:none}</style>

\`\`\`mermaid
flowchart TD
  a["<img src=https://b.example/x onerror=alert(1)>"] --> b["</svg><script>alert(1)</script>"]
  click a href "javascript:alert(1)"
\`\`\`

| a | ${'wide'.repeat(60)} |
|:-:|---|
| ${'1'.repeat(200)} | b |
`;

let configFolder: string;
let t: ForgeInTest;
let browser: Browser;

beforeAll(async () => {
  if (!hasChromium) return;
  configFolder = scratch('config');
  writeFileSync(join(configFolder, 'policy.md'), `---\nmode: observe\n---\n${'A long line of prose. '.repeat(20)}\n`);
  t = await forgeInTest({ configFolder });
  await t.app.rest.issues.create({
    ...SOC,
    title: '[high] Mining on web-01',
    body: INCIDENT_BODY,
    labels: ['incident'],
  });
  await t.app.rest.issues.create({ ...SOC, title: `Hostile ${'x'.repeat(120)}`, body: HOSTILE });
  browser = await startChromium();
});
afterAll(async () => {
  if (!hasChromium) return;
  await browser.close();
  await t[Symbol.asyncDispose]();
  rmSync(configFolder, { recursive: true });
});

/** Runs `visit` on a fresh page and gives what the page complained about. */
async function on(
  options: Parameters<Browser['newContext']>[0],
  visit: (page: Page) => Promise<void>,
): Promise<string[]> {
  await using context = await browser.newContext({ baseURL: t.forge.url, ...options });
  const page = await context.newPage();
  const complaints = complaintsOf(page, t.forge.url);
  await visit(page);
  return complaints;
}

/** Opens every fold and waits until each diagram is a picture with a size. */
async function drawAll(page: Page): Promise<void> {
  for (const summary of await page.locator('summary').all()) await summary.click();
  for (const block of await page
    .locator('.md')
    .filter({ has: page.locator('pre.mermaid') })
    .all()) {
    const picture = block.locator('img.diagram').first();
    await picture.scrollIntoViewIfNeeded();
    await block.locator('pre.mermaid').first().waitFor({ state: 'hidden' });
    expect(await picture.evaluate((one) => Number(Reflect.get(one, 'naturalWidth')))).toBeGreaterThan(0);
  }
}

/** Mermaid stumbles over hostile labels: the frame's policy stops them there, so only other complaints count. */
const outsideFrame = (complaints: string[]) =>
  complaints.filter((one) => !one.startsWith(`${t.forge.url}/assets/mermaid.js:`));

describe.skipIf(!hasChromium)('in Chromium (needs the package chromium)', () => {
  it('the diagram is drawn under the policy and a comment is made as another person', async () => {
    const complaints = await on({}, async (page) => {
      await page.goto('/');
      await page.getByRole('link', { name: '[high] Mining on web-01' }).click();
      expect(await page.locator('iframe').count()).toBe(0);
      await drawAll(page);
      expect(await page.locator('iframe.drawing-board').getAttribute('sandbox')).toBe('allow-scripts');
      const form = page.locator('form#comment');
      await form.locator('textarea[name=body]').fill('I take this.\n/take');
      await form.locator('select[name=as]').selectOption('ken');
      await form.getByRole('button', { name: 'Comment', exact: true }).click();
      const post = page.locator('article.post').last();
      expect(await post.textContent()).toContain('I take this.\n/take');
      expect(await post.locator('header b').textContent()).toBe('ken');
      expect(await page.locator('.who select').inputValue()).toBe('ken');
    });
    expect(complaints).toEqual([]);
  });

  it('an edit is proposed, its check fails on a line, and the page says so without losing what is typed', async () => {
    const complaints = await on({}, async (page) => {
      await page.goto('/acme/soc-config/edit/main/policy.md');
      await page.locator('textarea[name=content]').fill('---\nmode: perhaps\n---\n');
      await page.getByRole('button', { name: 'Propose as pull request' }).click();
      await page.waitForURL('**/pull/1');
      await page.locator('textarea[name=body]').fill('half a thought');
      const { head } = (await t.app.rest.pulls.get({ ...CONFIG, pull_number: 1 })).data;
      const path = 'policy.md';
      await t.app.rest.checks.create({
        ...CONFIG,
        name: 'Yagura policy',
        head_sha: head.sha,
        conclusion: 'failure',
        output: {
          title: '1 problem',
          summary: 'It would not load.',
          annotations: [{ path, start_line: 2, end_line: 2, annotation_level: 'failure', message: 'No such mode.' }],
        },
      });
      const note = page.getByRole('link', { name: 'New activity: reload' });
      await note.waitFor();
      expect(await page.locator('textarea[name=body]').inputValue()).toBe('half a thought');
      await note.click();
      const failed = page.locator('tr.failed');
      expect(await failed.textContent()).toContain('mode: perhaps');
      expect(await failed.locator('+ tr.annotation').textContent()).toContain('policy.md:2');
      await page.getByRole('link', { name: 'policy.md:2' }).click();
      expect(await page.locator('tr:target').textContent()).toContain('mode: perhaps');
    });
    expect(complaints).toEqual([]);
  });

  it('nothing is wider than a phone, and fingers find the controls', async () => {
    const paths = [
      '/acme/soc/issues',
      '/acme/soc/issues/1',
      '/acme/soc/issues/2',
      '/acme/soc/issues/new?template=report.yml',
    ];
    const more = [
      '/acme/soc-config',
      '/acme/soc-config/blob/main/policy.md?plain=1',
      '/acme/soc-config/edit/main/policy.md',
    ];
    const complaints = await on({ viewport: { width: 360, height: 780 } }, async (page) => {
      for (const path of [...paths, ...more, '/acme/soc-config/pull/1']) {
        await page.goto(path);
        await drawAll(page);
        expect([path, await page.locator('html').evaluate((one) => one.scrollWidth)]).toEqual([path, 360]);
        const controls = page.locator(
          'button, select, textarea, input:not([type=hidden]):not([type=checkbox]), .button, nav a',
        );
        const small = await controls.evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 40));
        expect([path, small.length]).toEqual([path, 0]);
      }
    });
    expect(outsideFrame(complaints)).toEqual([]);
  });

  it('hostile text runs nothing, loads nothing and hides nothing, also as a diagram', async () => {
    const complaints = await on({}, async (page) => {
      await page.goto('/acme/soc/issues/2');
      await drawAll(page);
      expect(await page.title()).toContain('Hostile');
      expect(await page.locator('main').isVisible()).toBe(true);
      expect(await page.locator('.md a[href^="javascript"], .md script, .md style, .md svg').count()).toBe(0);
    });
    expect(outsideFrame(complaints)).toEqual([]);
  });

  it('everything but diagrams works without scripts', async () => {
    await on({ javaScriptEnabled: false }, async (page) => {
      await page.goto('/acme/soc/issues/1');
      await page.getByText('Attack path & more').click();
      expect(await page.locator('pre.mermaid').textContent()).toContain('flowchart TD');
      await page.locator('.who select').selectOption('mika');
      await page.getByRole('button', { name: 'Switch' }).click();
      await page.locator('textarea[name=body]').fill('Done without scripts.');
      await page.getByRole('button', { name: 'Close issue' }).click();
      expect(await page.locator('.state').textContent()).toMatch(/closed/i);
      expect(await page.locator('article.post').last().textContent()).toContain('Done without scripts.');
    });
  });
});
