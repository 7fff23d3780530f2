import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOf, hasChromium, startChromium } from '../forge/pages/chromium.ts';
import { childProcesses, lives } from '../run/child-processes.ts';
import { type ApiComment, answerWith, eventually, issueNamed, type RunningDemo, runningDemo } from './running-demo.ts';

const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const picturing = process.env.YAGURA_SCREENSHOTS === '1';
const question = '/ask who else saw this address?';

describe.skipIf(!hasChromium)(
  `a newcomer who has the scripted model${hasChromium ? '' : ' (missing: Debian package chromium)'}`,
  () => {
    let demo: RunningDemo;
    let browser: Browser;
    let page: Page;
    let complaints: string[] = [];
    let issue = 0;

    beforeAll(async () => {
      // What is written in a minute has a limit, and the newcomer writes much in the first.
      demo = await runningDemo({ env: { YAGURA_MODEL: 'scripted', YAGURA_TIME_SCALE: '10' } });
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

    async function commentAs(login: string, text: string): Promise<void> {
      const form = page.locator('form#comment');
      await form.locator('textarea[name=body]').fill(text);
      await form.locator('select').selectOption(login);
      await form.locator('button[value=comment]').click();
      await page.waitForLoadState();
    }

    function says(text: string): Promise<string> {
      return eventually(`the page says ${text}`, async () => {
        await page.reload();
        const body = (await page.locator('body').textContent()) ?? '';
        return body.includes(text) ? body : undefined;
      });
    }

    const answers = async (start: string) => {
      const path = `/repos/acme/soc/issues/${issue}/comments?per_page=100`;
      const comments = await demo.as<ApiComment[]>('hana', 'GET', path);
      return comments.filter((c) => c.user.login === 'yagura[bot]' && c.body.startsWith(start));
    };

    it('is told what to type', () => {
      expect(demo.output()).toContain(question);
    });

    it('reads an assessment that argues from evidence, above the fold on a phone too', async () => {
      ({ number: issue } = await issueNamed(demo, 'web-01'));
      await page.goto(`${demo.forgeUrl}/acme/soc/issues/${issue}`);
      const body = await says('Assessment (likeliest reading): Somebody who should not be there did this.');
      expect(body).toContain('What speaks for and against it');
      expect(body).toMatch(/Harmless: .+For: web-01 is asset web-01/s);
      expect(body).not.toContain('taken out');
      await picture('assessment');
      await page.setViewportSize({ width: 360, height: 800 });
      await page.goto(`${demo.forgeUrl}/acme/soc/issues/${issue}`);
      const verdict = await page.getByText('Suspicious (low confidence)').first().boundingBox();
      expect(verdict?.y).toBeLessThan(800);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      await picture('assessment-phone');
      await page.setViewportSize({ width: 1280, height: 900 });
    });

    it('asks as an analyst, and is answered from evidence', async () => {
      await commentAs('hana', question);
      const { body } = await answerWith(demo, issue, '(hana asked)');
      expect(body).toMatch(/No other incident has `198\.51\.100\[\.\]23` \[E\d+\]/);
      await says('(hana asked)');
      if (!picturing) return;
      const answer = page.getByText('(hana asked)').last();
      await answer.scrollIntoViewIfNeeded();
      await picture('ask');
      await page.setViewportSize({ width: 360, height: 800 });
      await answer.scrollIntoViewIfNeeded();
      await picture('ask-phone');
      await page.setViewportSize({ width: 1280, height: 900 });
    });

    it('is answered nothing as an outsider', async () => {
      await commentAs('otto', question);
      const { body } = await answerWith(demo, issue, '⛔ otto');
      expect(body).toContain('needs the right analyst');
      // Hana's next answer comes after whatever otto's could have been.
      await commentAs('hana', '/ask whose is this host?');
      await answerWith(demo, issue, '`whose is this host?` (hana asked)');
      expect(await answers('💬')).toHaveLength(2);
    });

    it('looks again at what is named, and hears that nothing is left to stop', async () => {
      await commentAs('hana', '/investigate the upload');
      await eventually('a second report stands', async () =>
        (await answers('🔴 **Look now. Suspicious')).length === 2 ? true : undefined,
      );
      await commentAs('hana', '/stop');
      await answerWith(demo, issue, 'no model is at work here');
    });

    it('met no complaint of the browser, and leaves no process behind', async () => {
      expect(complaints.filter((one) => !one.includes('/assets/mermaid.js'))).toEqual([]);
      const launcher = demo.process.pid ?? -1;
      const pids = [launcher, ...childProcesses(launcher, '')].flatMap((pid) => childProcesses(pid, '/agent.ts'));
      expect(pids).toHaveLength(1);
      expect(await demo.stop()).toBe(0);
      expect(pids.filter(lives)).toEqual([]);
    });
  },
);
