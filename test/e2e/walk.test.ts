import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOf, hasChromium, startChromium } from '../forge/pages/chromium.ts';
import { eventually, issueNamed, type RunningDemo, runningDemo } from './running-demo.ts';

/** The README's pictures are taken here: `YAGURA_SCREENSHOTS=1` writes them to docs/images. */
const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const picturing = process.env.YAGURA_SCREENSHOTS === '1';

describe.skipIf(!hasChromium)(
  `a newcomer in a browser${hasChromium ? '' : ' (missing: Debian package chromium)'}`,
  () => {
    let demo: RunningDemo;
    let browser: Browser;
    let page: Page;
    let complaints: string[] = [];

    beforeAll(async () => {
      demo = await runningDemo();
      browser = await startChromium();
      page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      complaints = complaintsOf(page, demo.forgeUrl);
    });

    afterAll(async () => {
      await browser?.close();
      await demo?.stop();
    });

    async function picture(name: string): Promise<void> {
      if (!picturing) return;
      mkdirSync(images, { recursive: true });
      await page.screenshot({ path: `${images}${name}.png` });
    }

    /** Comments through the form as one of the seeded people. */
    async function commentAs(login: string, text: string): Promise<void> {
      const form = page.locator('form#comment');
      await form.locator('textarea[name=body]').fill(text);
      await form.locator('select').selectOption(login);
      await form.locator('button[value=comment]').click();
      await page.waitForLoadState();
    }

    /** Reloads until the page says something. */
    function says(text: string | RegExp): Promise<string> {
      return eventually(
        `the page says ${text}`,
        async () => {
          await page.reload();
          const body = (await page.locator('body').textContent()) ?? '';
          return (typeof text === 'string' ? body.includes(text) : text.test(body)) ? body : undefined;
        },
        20,
      );
    }

    it('reads the incident: what to know and to type stand above the fold on a phone', async () => {
      const { number } = await issueNamed(demo, 'web-01');
      await page.goto(`${demo.forgeUrl}/acme/soc/issues`);
      await says(/Pinned\s+.*Queue: what is open/s);
      await picture('issues');
      await page.getByRole('link', { name: /web-01/ }).click();
      await page.waitForURL(/\/issues\/\d+$/);
      await says(/Next: .?\/approve R1/);
      await picture('incident');
      await page.setViewportSize({ width: 360, height: 800 });
      await page.goto(`${demo.forgeUrl}/acme/soc/issues/${number}`);
      const urgency = await page.getByText('Look now.').first().boundingBox();
      expect(urgency?.y).toBeLessThan(800);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.locator('summary', { hasText: 'Attack path' }).click();
      await page.locator('img.diagram').first().waitFor({ timeout: 15_000 });
    });

    it('is refused with the reason as an outsider', async () => {
      await commentAs('otto', '/block 203.0.113.50');
      const body = await says('needs the right analyst');
      expect(body).toContain('ken');
    });

    it('needs approval as an analyst, and sees the task verified once a responder approves', async () => {
      await commentAs('hana', '/block 203.0.113.50 for 2h on edge');
      const body = await says('needs approval');
      const recommendation = /needs approval[^/]*\/approve (R\d+)/.exec(body)?.[1];
      expect(recommendation).toBeDefined();
      await says(new RegExp(`/approve ${recommendation} block 203\\.0\\.113\\[\\.\\]50`));
      await commentAs('ken', `/approve ${recommendation}`);
      const done = await says(/T\d+ block 203\.0\.113\[\.\]50 on edge: verified/);
      expect(done).toContain('approved by ken');
      await page.goto(`${demo.forgeUrl}/acme/soc/blob/yagura/lists/lists/edge.txt`);
      expect(await page.locator('body').textContent()).toContain('203.0.113.50');
    });

    it('edits a policy to something invalid and sees the failing check on its line', async () => {
      await page.goto(`${demo.forgeUrl}/acme/soc-config/edit/main/policies/response.md`);
      const content = page.locator('textarea[name=content]');
      const text = await content.inputValue();
      const line = text.split('\n').findIndex((one) => one.includes('autonomy: approve')) + 1;
      expect(line).toBeGreaterThan(0);
      await content.fill(text.replace('autonomy: approve', 'autonomy: always'));
      await page.locator('input[name=message]').fill('Let it always run');
      await page.locator('main button.primary').last().click();
      await page.waitForURL(/\/pull\/\d+/);
      const body = await says(`policies/response.md:${line}`);
      expect(body).toMatch(/failure/);
      expect(body).toContain('autonomy');
      await picture('failing-check');
    });

    it('met no complaint of the browser on the way', () => {
      // Mermaid's own frame blocks Mermaid's inline styles by policy; nothing else may complain.
      expect(complaints.filter((one) => !one.includes('/assets/mermaid.js'))).toEqual([]);
    });
  },
);
