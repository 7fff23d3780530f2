import { execFile, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../e2e/running-demo.ts';
import { freePort } from '../free-port.ts';
import { scratch } from '../scratch.ts';
import { type NewOrganization, newOrganization } from './connect/new-organization.ts';
import { connectSteps } from './connect/readme-steps.ts';
import { read, root } from './pages.ts';

/** The README's names stand for this organization; its two repositories are as it says. */
const soc = 'your-org/soc';
const config = 'your-org/soc-config';

interface Told {
  number: number;
  title: string;
  body: string;
  user: { login: string };
}

describe('the README\'s part "Connect your organization", step by step', { timeout: 120_000 }, () => {
  const steps = connectSteps();
  const checkout = join(scratch('connect-policy'), 'checkout');
  const dataDir = scratch('connect-data');
  let org: NewOrganization;
  let port = 0;
  let made: { id: number; pem: string; webhook_secret: string; slug: string };
  let settings: Record<string, string> = {};
  let output = '';
  let app: ReturnType<typeof spawn> | undefined;

  beforeAll(async () => {
    org = await newOrganization('your-org', ['soc', 'soc-config', 'shop']);
    port = await freePort();
    mkdirSync(checkout, { recursive: true });
  });
  afterAll(async () => {
    const ended = app && app.exitCode === null ? new Promise((resolve) => app?.once('exit', resolve)) : undefined;
    app?.kill('SIGTERM');
    await ended;
    await org?.[Symbol.asyncDispose]();
    for (const folder of [checkout, dataDir]) rmSync(folder, { recursive: true, force: true });
  });

  /** A command of the README, with what the reader puts in; what it prints. Not in this thread, where the forge runs. */
  async function shell(command: string, env: Record<string, string> = {}): Promise<string> {
    const options = { cwd: root, env: { ...process.env, ...env } };
    const run = promisify(execFile)('sh', ['-c', command.replace('DIR', checkout)], options);
    return (await run.catch((error: { stdout: string }) => error)).stdout;
  }

  /** Something happens at GitHub that is nobody's request. */
  async function happens(what: string, body: object): Promise<void> {
    const headers = { authorization: `Bearer ${org.forge.adminToken}` };
    const answer = await fetch(`${org.forge.url}/_admin/${what}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect(answer.ok).toBe(true);
  }

  it('1. writes a policy, which is good, pushes it, and lets nobody change it alone', async () => {
    expect(steps.commands.map((command) => command.split(' ')[3])).toEqual(['init', 'check', 'doctor']);
    await shell(steps.commands[0] ?? '');
    expect(await shell(steps.commands[1] ?? '')).toMatch(/^Good: \d+ files/m);
    const files = readdirSync(checkout, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.(md|yml)$/.test(path),
    );
    expect(files.length).toBeGreaterThan(5);
    for (const path of files) {
      const content = readFileSync(join(checkout, path)).toString('base64');
      await org.rest('PUT', `/repos/${config}/contents/${path}`, { message: `Add ${path}`, content });
    }
    await happens('branch-rules', { repository: config, as: 'ken', reviews: 1 });
  });

  it('2. makes the app from the manifest, and fetches its key with the code', async () => {
    const here = (text: string) =>
      text.replaceAll('YOUR-ORG', 'your-org').replaceAll('https://YOUR-HOST', `http://127.0.0.1:${port}`);
    const action = here(steps.form.action).replace('https://github.com', org.forge.url);
    // The form lies in a file: a browser says it comes from nowhere.
    const asked = await org.browser(action, { manifest: here(steps.form.manifest) }, 'null');
    expect(asked.html).toContain('Create GitHub App for your-org');
    const token = /name="token" value="([^"]+)"/.exec(asked.html)?.[1] ?? '';
    const settingsOfOrg = '/organizations/your-org/settings/apps';
    const answer = await org.browser(settingsOfOrg, { token, as: 'ken', manifest: here(steps.form.manifest) });
    expect(answer.status).toBe(302);
    const back = new URL(answer.location ?? '');
    expect(back.origin).toBe(`http://127.0.0.1:${port}`);
    const curl = steps.conversion
      .replace('https://api.github.com', org.forge.apiUrl)
      .replace('THE-CODE', back.searchParams.get('code') ?? '');
    made = JSON.parse(await shell(`${curl} -sS`));
    expect(made).toMatchObject({ id: expect.any(Number), pem: expect.stringContaining('PRIVATE KEY') });
    expect(JSON.parse(await shell(`${curl} -sS`))).toMatchObject({ message: 'Not Found' });
  });

  it('3. installs it on both repositories, and on one whose alerts are to come in', async () => {
    const path = `/organizations/your-org/settings/apps/${made.slug}/installations`;
    const page = await org.browser(path);
    const token = /name="token" value="([^"]+)"/.exec(page.html.split('Install ')[2] ?? '')?.[1] ?? '';
    const answer = await org.browser(path, { token, as: 'ken', repository: ['soc', 'soc-config', 'shop'] });
    expect(answer.status).toBe(303);
    const packages = [{ purl: 'pkg:npm/left-padder', version: '2.3.0' }];
    await happens('dependencies', { repository: 'your-org/shop', packages });
  });

  it('4. starts it with the settings it names, and it becomes ready', async () => {
    const given: Record<string, string> = {
      APP_ID: String(made.id),
      PRIVATE_KEY_PATH: join(dataDir, 'app.pem'),
      WEBHOOK_SECRET: made.webhook_secret,
      YAGURA_REPO: soc,
      YAGURA_CONFIG_REPO: config,
    };
    expect(steps.settings).toEqual(Object.keys(given));
    writeFileSync(given.PRIVATE_KEY_PATH ?? '', made.pem, { mode: 0o600 });
    settings = { ...given, GITHUB_API_URL: org.forge.apiUrl, PORT: String(port), YAGURA_DATA_DIR: dataDir };
    app = spawn('npm', ['start'], { cwd: root, env: { ...process.env, ...settings }, stdio: 'pipe' });
    for (const stream of [app.stdout, app.stderr])
      stream?.on('data', (part: Buffer) => {
        output += part.toString();
      });
    await eventually('it is ready', async () => {
      if (app?.exitCode !== null) throw new Error(output);
      return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok || undefined;
    });
    expect(output).toContain(readFileSync(join(dataDir, 'ingest-token'), 'utf8').trim());
  });

  it('4. an alert becomes an issue, and a command there is answered', async () => {
    const record = { title: 'Password spray against the VPN', severity: 'high', host: 'vpn-01' };
    const sent = await fetch(`http://127.0.0.1:${port}/ingest/generic`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${readFileSync(join(dataDir, 'ingest-token'), 'utf8').trim()}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(record),
    });
    expect(sent.status).toBe(202);
    const issue = await eventually('the issue', async () => {
      const issues = await org.rest<Told[]>('GET', `/repos/${soc}/issues`);
      return issues.find(({ title }) => title.includes('Password spray'));
    });
    expect(issue.user.login).toBe(`${made.slug}[bot]`);
    await org.rest('POST', `/repos/${soc}/issues/${issue.number}/comments`, { body: '/take' });
    const answer = await eventually('the answer', async () => {
      const comments = await org.rest<Told[]>('GET', `/repos/${soc}/issues/${issue.number}/comments`);
      return comments.find(({ body, user }) => user.login === issue.user.login && body.startsWith('✅ `/take`'));
    });
    expect(answer.body).toContain('ken has this');
  });

  it('4. an advisory that GitHub tells the world becomes an issue where a repository has its package', async () => {
    const at = new Date().toISOString();
    const vulnerable = { package: { ecosystem: 'npm', name: 'left-padder' }, vulnerable_version_range: '< 2.4.1' };
    const about = { ghsa_id: 'GHSA-2222-3333-4444', summary: 'left-padder runs what it pads', severity: 'critical' };
    const advisory = { ...about, published_at: at, updated_at: at, vulnerabilities: [vulnerable] };
    await happens('advisories', { action: 'published', advisory });
    const issue = await eventually('the issue', async () => {
      const issues = await org.rest<Told[]>('GET', `/repos/${soc}/issues`);
      return issues.find(({ title }) => title.includes(about.summary));
    });
    expect(issue.body).toContain('`your-org/shop`: `npm left-padder`');
  });

  it('4. the doctor, with the same settings, finds nothing wrong', async () => {
    const told = await shell(steps.commands[2] ?? '', settings);
    expect(told).not.toContain('FAULT');
    expect(told).toMatch(/^No fault\. \d+ ok, 0 warnings\.$/m);
  });

  it('5. puts the form for reports where people find it', async () => {
    const content = Buffer.from(read(steps.reportForm)).toString('base64');
    await org.rest('PUT', `/repos/${soc}/contents/${steps.reportForm}`, { message: 'Let people report', content });
    expect(await org.rest('GET', `/repos/${soc}/contents/${steps.reportForm}`)).toMatchObject({ type: 'file' });
  });
});
