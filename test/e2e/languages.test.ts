import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, startChromium } from '../forge/pages/chromium.ts';
import { englishIn } from '../publish/japanese.ts';
import { type ApiIssue, answerWith, eventually, issueNamed, type RunningDemo, runningDemo } from './running-demo.ts';
import { sendSecondMiner } from './second-miner.ts';

/** `YAGURA_SCREENSHOTS=1` writes what the pages look like on a telephone to docs/images. */
const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const picturing = process.env.YAGURA_SCREENSHOTS === '1';

/** What each issue says in a language once it is rendered in it, by the name of its picture. */
const pages = {
  incident: { en: '**Do next** (', ja: '**次の対応** (' },
  vulnerability: { en: '**To mend: ', ja: '**要修正: ' },
  queue: { en: 'most urgent first', ja: '緊急度順' },
  inventory: { en: 'were open already', ja: '接続時にすでに未解決だったアラート' },
  digest: { en: '### Held back', ja: '### 保留' },
};
type Name = keyof typeof pages;

/** Why a rule of the policy proposes what it does, as a room that reads Japanese says it. */
const because = '攻撃に使われた宛先と通信する業務はありません';

const odd = (n: number, more: object) => ({
  title: `Odd process ${n}`,
  host: `web-1${n}`,
  rule: `odd-${n % 3}`,
  ...more,
});
/** Open before anybody connected it, and what came on one day. */
const backlog = [0, 1, 2, 3, 4, 5, 6].map((n) =>
  odd(n, { severity: n < 2 ? 'critical' : 'high', vendor: 'Old scanner' }),
);
const today = [0, 1, 2, 3].flatMap((n) => [
  odd(n, { severity: 'low', host: `low-${n}` }),
  odd(n, { severity: n < 2 ? 'critical' : 'high', host: `db-${n}` }),
]);

describe.skipIf(!hasChromium)(
  `a room that turns from English to Japanese${hasChromium ? '' : ' (missing: Debian package chromium)'}`,
  () => {
    let demo: RunningDemo;
    let browser: Browser;
    let page: Page;
    const numbers: Partial<Record<Name, number>> = {};

    beforeAll(async () => {
      demo = await runningDemo({ env: { YAGURA_TIME_SCALE: '30', YAGURA_MODEL: 'scripted' } });
      browser = await startChromium();
      page = await browser.newPage({ viewport: { width: 360, height: 800 } });
      numbers.incident = (await issueNamed(demo, 'web-01')).number;
      numbers.vulnerability = (await issueNamed(demo, 'Dependabot')).number;
      numbers.queue = (await issueNamed(demo, 'Queue')).number;
      await setting('quiet: { issues_a_day: 1 }');
      await send('generic?backlog=true', backlog);
      await send('generic', today);
      numbers.inventory = (await issueNamed(demo, 'Inventory')).number;
      numbers.digest = (await issueNamed(demo, 'Digest')).number;
    });

    afterAll(async () => {
      await browser?.close();
      await demo?.stop();
    });

    /** Changes a file of the config repository, as somebody who may merge. */
    async function edit(path: string, change: (text: string) => string): Promise<void> {
      const file = `/repos/acme/soc-config/contents/${path}`;
      const { sha, content } = await demo.as<{ sha: string; content: string }>('ken', 'GET', file);
      const text = change(Buffer.from(content, 'base64').toString());
      const put = { message: `Change ${path}`, content: Buffer.from(text).toString('base64'), sha };
      const { commit } = await demo.as<{ commit: { sha: string } }>('ken', 'PUT', file, put);
      const inForce = `@${commit.sha.slice(0, 12)} is in force`;
      await eventually(`${path} is in force`, async () => demo.output().includes(inForce) || undefined);
    }

    /** As a product would. */
    async function send(source: string, alerts: object[]): Promise<void> {
      const authorization = `Bearer ${readFileSync(`${demo.dataDir}/ingest-token`, 'utf8').trim()}`;
      const headers = { authorization, 'content-type': 'application/json' };
      const body = JSON.stringify(alerts);
      const response = await fetch(`${demo.appUrl}/ingest/${source}`, { method: 'POST', headers, body });
      expect(response.status).toBe(202);
    }

    const setting = (line: string) =>
      edit('yagura.md', (text) => text.replace(/^quiet: off\n/m, '').replace('organization: Acme\n', `$&${line}\n`));

    const path = (name: Name) => `/repos/acme/soc/issues/${numbers[name]}`;

    /** The issue once it is in this language. */
    const reads = (name: Name, language: 'en' | 'ja') =>
      eventually(
        `the ${name} in ${language}`,
        async () => {
          const issue = await demo.as<ApiIssue>('hana', 'GET', path(name));
          return `${issue.title}\n${issue.body}`.includes(pages[name][language]) ? issue : undefined;
        },
        // Five minutes between two edits of a list, at this test's scale.
        60,
      );

    async function fitsTelephone(name: Name, language: 'en' | 'ja'): Promise<void> {
      await reads(name, language);
      await page.goto(`${demo.forgeUrl}/acme/soc/issues/${numbers[name]}`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      if (!picturing) return;
      mkdirSync(images, { recursive: true });
      await page.screenshot({ path: `${images}${name}-${language}-phone.png` });
    }

    it.each(Object.keys(pages) as Name[])(
      'shows the %s in English on a telephone, without scrolling sideways',
      (name) => fitsTelephone(name, 'en'),
    );

    it('loses nothing of what people wrote into the Notes when its language changes', async () => {
      const { body } = await reads('incident', 'en');
      const end = '<!-- yagura:notes-end -->';
      const written = body.replace(end, `Called the owner.\n\n- 折り返し待ち\n\n${end}`);
      await demo.as('ken', 'PATCH', path('incident'), { body: written });
      await setting('language: ja');
      const turned = await reads('incident', 'ja');
      expect(turned.body).toContain('**メモ**');
      expect(turned.body).toContain('Called the owner.\n\n- 折り返し待ち');
      expect(turned.body).not.toContain('**Notes**');
      expect(turned.labels.map(({ name }) => name)).toContain('incident');
    });

    it('writes what is new in Japanese alone, where policy and playbooks are', async () => {
      await edit('policies/response.md', (text) => text.replace(/because: .*/g, `because: ${because}`));
      await edit('playbooks/cryptomining.md', (text) =>
        text.replace(/ask: .*/g, 'ask: このホストで CPU を使い切る処理はありますか？').replace(/who: .*/g, 'who: hana'),
      );
      await sendSecondMiner(demo);
      numbers.incident = (await issueNamed(demo, 'app-02')).number;
      const { body } = await eventually('the model reported on the new incident', async () => {
        const issue = await reads('incident', 'ja');
        return issue.body.includes('**見立て**') && issue.body.includes(because) ? issue : undefined;
      });
      expect(englishIn(body)).toEqual([]);
      const report = await answerWith(demo, numbers.incident, '次の対応: `/approve R1`');
      expect(englishIn(report.body)).toEqual([]);
    });

    it.each(Object.keys(pages) as Name[])(
      'shows the %s in Japanese on a telephone, without scrolling sideways',
      (name) => fitsTelephone(name, 'ja'),
    );
  },
);
