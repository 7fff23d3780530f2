import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { startForge } from '../../src/forge/start.ts';
import { scratch } from '../scratch.ts';
import { forgeInTest, SOC } from './running-forge.ts';

const MAIN = new URL('../../src/forge/main.ts', import.meta.url).pathname;
let dataDir: string;
beforeEach(() => {
  dataDir = scratch('forge');
});
/** The forge as a process of its own, up and seeded. */
async function forgeProcess() {
  const env = { ...process.env, YAGURA_DATA_DIR: dataDir, YAGURA_FORGE_PORT: '0', YAGURA_FORGE_LIMITS: '0' };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => resolve(/http\S+/.exec(String(chunk))?.[0] ?? ''));
    void exited.then(() => reject(new Error('the forge ended before it was up')));
  });
  return { child, url, exited };
}

describe('the journal', () => {
  it('keeps every acknowledged write through kill -9 in the middle of writes', async () => {
    const { child, url, exited } = await forgeProcess();
    const acknowledged: string[] = [];
    const writer = async (name: string) => {
      for (let n = 0; ; n++) {
        const title = `${name}-${n}`;
        const body = JSON.stringify({ title, labels: [`label-${name}`] });
        const headers = { authorization: 'Bearer hana-token' };
        const answer = await fetch(`${url}/api/v3/repos/acme/soc/issues`, { method: 'POST', headers, body });
        await answer.arrayBuffer();
        if (answer.status === 201) acknowledged.push(title);
        if (acknowledged.length === 60) child.kill('SIGKILL');
      }
    };
    await Promise.allSettled(['a', 'b', 'c', 'd'].map(writer));
    expect(await exited).toBe('SIGKILL');
    const again = await startForge({ dataDir: join(dataDir, 'forge'), port: 0 });
    const issues = again.state.store.all('issue');
    const titles = issues.map((issue) => issue.title);
    expect(acknowledged.length).toBeGreaterThanOrEqual(60);
    expect(titles).toEqual(expect.arrayContaining(acknowledged));
    expect(new Set(titles).size).toBe(titles.length);
    expect(issues.map((issue) => issue.number)).toEqual(issues.map((_, index) => index + 1));
    expect(issues.every((issue) => issue.labelIds.length === 1)).toBe(true);
    await again.stop();
  });

  it('drops a torn last line and goes on', async () => {
    const first = await forgeInTest({ dataDir });
    await first.app.rest.issues.create({ ...SOC, title: 'whole' });
    await first.forge.stop();
    appendFileSync(join(dataDir, 'journal.ndjson'), '{"next":9999,"changes":[["issue","1#2",{"id":');
    const again = await forgeInTest({ dataDir });
    expect((await again.app.rest.issues.listForRepo(SOC)).data.map((issue) => issue.title)).toEqual(['whole']);
    await again.app.rest.issues.create({ ...SOC, title: 'next' });
    await again.forge.stop();
    const third = await forgeInTest({ dataDir });
    expect((await third.app.rest.issues.listForRepo(SOC)).data).toHaveLength(2);
    await third.forge.stop();
  });

  it('refuses a damaged line in the middle instead of forgetting the rest', async () => {
    const first = await forgeInTest({ dataDir });
    await first.forge.stop();
    appendFileSync(join(dataDir, 'journal.ndjson'), 'broken\n');
    await expect(startForge({ dataDir, port: 0 })).rejects.toThrow(/damaged/);
  });

  it('is compacted at start and never gives an id out twice', async () => {
    const first = await forgeInTest({ dataDir });
    const issue = { ...SOC, issue_number: 1 };
    await first.app.rest.issues.create({ ...SOC, title: 'x' });
    for (let n = 0; n < 50; n++) await first.app.rest.issues.update({ ...issue, body: 'y'.repeat(1000 + n) });
    const comment = await first.app.rest.issues.createComment({ ...issue, body: 'gone soon' });
    await first.app.rest.issues.deleteComment({ ...SOC, comment_id: comment.data.id });
    await first.forge.stop();
    const size = () => statSync(join(dataDir, 'journal.ndjson')).size;
    const before = size();
    const again = await forgeInTest({ dataDir });
    expect(size()).toBeLessThan(before / 2);
    const next = await again.app.rest.issues.createComment({ ...issue, body: 'new' });
    expect(next.data.id).toBeGreaterThan(comment.data.id);
    await again.forge.stop();
  });

  it('is rewritten while running once its history dwarfs the state', async () => {
    const first = await forgeInTest({ dataDir, limits: false });
    const issue = { ...SOC, issue_number: 1 };
    await first.app.rest.issues.create({ ...SOC, title: 'x' });
    const size = () => statSync(join(dataDir, 'journal.ndjson')).size;
    const bulk = 'y'.repeat(8_000_000);
    for (let n = 0; n < 9; n++) await first.app.rest.issues.update({ ...issue, body: bulk + n });
    expect(size()).toBeLessThan(4 * bulk.length);
    await first.app.rest.issues.update({ ...issue, title: 'after' });
    await first.forge.stop();
    const again = await forgeInTest({ dataDir });
    const { data } = await again.app.rest.issues.get(issue);
    expect([data.title, data.body?.at(-1)]).toEqual(['after', '8']);
    await again.forge.stop();
  });

  it('keeps the clock origin, and its secrets from others', async () => {
    const first = await startForge({ dataDir, port: 0, timeScale: 60 });
    const { origin } = first.state.clock;
    await first.stop();
    const again = await startForge({ dataDir, port: 0 });
    expect([again.state.clock.origin, again.state.clock.scale]).toEqual([origin, 60]);
    await again.stop();
    await expect(startForge({ dataDir, port: 0, timeScale: 2 })).rejects.toThrow(/time scale 60/);
    const t = await forgeInTest({ dataDir });
    for (const file of ['journal.ndjson', 'app-private-key.pem', 'admin-token']) {
      expect(statSync(join(dataDir, file)).mode & 0o077).toBe(0);
    }
    expect(readFileSync(join(dataDir, 'admin-token'), 'utf8').trim()).toBe(t.forge.adminToken);
    await t.forge.stop();
  });

  it.runIf(process.platform === 'linux')('is never shared by two forges', async () => {
    const first = await startForge({ dataDir, port: 0 });
    await expect(startForge({ dataDir, port: 0 })).rejects.toThrow(/in use by another forge/);
    await first.stop();
    const again = await startForge({ dataDir, port: 0 });
    await again.stop();
  });

  it('is untouched when the port is taken', async () => {
    const first = await startForge({ dataDir, port: 0 });
    const port = Number(new URL(first.url).port);
    await expect(startForge({ dataDir: join(dataDir, 'other'), port })).rejects.toThrow(`Port ${port}`);
    await first.stop();
  });
});
