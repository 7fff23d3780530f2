import { describe, expect, it } from 'vitest';
import { type ForgeInTest, forgeInTest, refusalOf, SOC } from './running-forge.ts';

const issue = { ...SOC, issue_number: 1 };

/** The raw answer to opening an issue as the app, with its headers. */
async function openRaw(t: ForgeInTest) {
  const { token } = (await t.app.auth({ type: 'installation' })) as { token: string };
  return fetch(`${t.forge.apiUrl}/repos/acme/soc/issues`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ title: 'x' }),
  });
}

describe('limits on content', () => {
  it('refuse bodies over 65,536 characters with 422 and take exactly that many', async () => {
    await using t = await forgeInTest();
    await t.app.rest.issues.create({ ...SOC, title: 'x', body: '櫓'.repeat(65_536) });
    const long = await refusalOf(t.app.rest.issues.create({ ...SOC, title: 'x', body: 'a'.repeat(65_537) }));
    expect(long).toMatchObject({ status: 422, message: expect.stringContaining('body is too long (maximum is 65536') });
    const comment = { ...issue, body: 'a'.repeat(65_537) };
    expect((await refusalOf(t.app.rest.issues.createComment(comment))).status).toBe(422);
  });

  it('refuse titles over 256 characters, labels over 50 and more than 100 labels', async () => {
    await using t = await forgeInTest();
    const title = 'a'.repeat(257);
    expect((await refusalOf(t.app.rest.issues.create({ ...SOC, title }))).message).toContain('title is too long');
    await t.app.rest.issues.create({ ...SOC, title: 'a'.repeat(256) });
    const long = ['l'.repeat(51)];
    expect((await refusalOf(t.app.rest.issues.addLabels({ ...issue, labels: long }))).status).toBe(422);
    const labels = Array.from({ length: 100 }, (_, index) => `l${index}`);
    expect((await t.app.rest.issues.addLabels({ ...issue, labels })).data).toHaveLength(100);
    expect((await refusalOf(t.app.rest.issues.addLabels({ ...issue, labels: ['one more'] }))).status).toBe(422);
    expect((await refusalOf(t.app.rest.issues.getLabel({ ...SOC, name: 'one more' }))).status).toBe(404);
  });

  it('close an issue to comments for ever once it has its most', async () => {
    await using t = await forgeInTest({ limits: { commentsPerIssue: 2 } });
    await t.app.rest.issues.create({ ...SOC, title: 'x' });
    await t.app.rest.issues.createComment({ ...issue, body: 'a' });
    await t.app.rest.issues.createComment({ ...issue, body: 'b' });
    expect((await refusalOf(t.app.rest.issues.createComment({ ...issue, body: 'c' }))).status).toBe(403);
    expect((await t.app.rest.issues.update({ ...issue, body: 'still editable' })).status).toBe(200);
  });

  it('are all off when asked', async () => {
    await using t = await forgeInTest({ limits: false });
    for (let n = 0; n < 90; n++) await t.app.rest.issues.create({ ...SOC, title: 'a'.repeat(300) });
    expect((await openRaw(t)).headers.get('x-ratelimit-limit')).toBeNull();
  });
});

describe('limits on pace', () => {
  it('let 80 creations a minute through and answer the next with 403 and retry-after', async () => {
    await using t = await forgeInTest();
    for (let n = 0; n < 80; n++) await t.app.rest.issues.create({ ...SOC, title: `n${n}` });
    const refused = await openRaw(t);
    expect(refused.status).toBe(403);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await refused.json()).toMatchObject({ message: expect.stringContaining('secondary rate limit') });
    expect((await t.app.rest.issues.update({ ...issue, title: 'edits go on' })).status).toBe(200);
    expect((await t.person('hana').rest.issues.create({ ...SOC, title: 'others go on' })).status).toBe(201);
  });

  it('open again when the minute of the forge has passed', async () => {
    await using t = await forgeInTest({ timeScale: 3_000, limits: { creationsPerMinute: 1, creationsPerHour: 100 } });
    const { clock } = t.forge.state;
    expect((await openRaw(t)).status).toBe(201);
    const since = clock.now();
    let answer = await openRaw(t);
    for (; answer.status === 403; answer = await openRaw(t)) await answer.arrayBuffer();
    expect(answer.status).toBe(201);
    const [first, second] = t.forge.state.store.all('write').filter((one) => one.status === 201);
    expect((second?.at ?? 0) - (first?.at ?? since)).toBeGreaterThanOrEqual(60_000);
  });

  it('count an hour over restarts', async () => {
    await using t = await forgeInTest({ limits: { creationsPerHour: 3 } });
    for (let n = 0; n < 3; n++) expect((await openRaw(t)).status).toBe(201);
    const { dataDir } = t;
    await t.forge.stop();
    const again = await forgeInTest({ dataDir, limits: { creationsPerHour: 3 } });
    expect((await openRaw(again)).status).toBe(403);
    await again.forge.stop();
    t.forge.stop = async () => {};
  });

  it('charge reads one point and writes five', async () => {
    await using t = await forgeInTest({ limits: { pointsPerMinute: 17 } });
    const hana = t.person('hana').rest;
    await hana.issues.create({ ...SOC, title: 'a' });
    await hana.issues.update({ ...issue, title: 'b' });
    await hana.issues.update({ ...issue, title: 'c' });
    await hana.issues.get(issue);
    await hana.issues.get(issue);
    expect((await refusalOf(hana.issues.get(issue))).status).toBe(403);
  });

  it('show what is left of the hour, and a 304 costs nothing', async () => {
    await using t = await forgeInTest();
    const get = (etag = '') =>
      fetch(`${t.forge.apiUrl}/repos/acme/soc`, {
        headers: { authorization: 'token hana-token', 'if-none-match': etag },
      });
    const first = await get();
    const second = await get(first.headers.get('etag') ?? '');
    const left = (response: Response) => response.headers.get('x-ratelimit-remaining');
    expect([first.status, left(first), second.status, left(second)]).toEqual([200, '4999', 304, '4999']);
    expect((await t.person('hana').rest.rateLimit.get()).data.rate.remaining).toBe(4999);
  });
});
