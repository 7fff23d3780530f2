import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CliIo } from '../../../src/cli/command.ts';
import { appClock } from '../../../src/cli/doctor/checks/app-clock.ts';
import { webhookAddress } from '../../../src/cli/doctor/checks/webhook-address.ts';
import type { Line } from '../../../src/cli/doctor/line.ts';
import { loadChecks } from '../../../src/cli/doctor/load-checks.ts';
import { createScene } from '../../../src/cli/doctor/scene.ts';
import { scratch } from '../../scratch.ts';
import { testDatabase } from '../../store/postgres.ts';
import { responders, SetUp } from './set-up.ts';

let at: SetUp;
beforeAll(async () => {
  at = await SetUp.make();
});
afterEach(() => at?.mend());
afterAll(() => at?.[Symbol.asyncDispose]());

/** The one line about a fault, after making sure that it is the only one. */
async function onlyFault(env: Record<string, string> = {}): Promise<Line> {
  const { code, lines, stdout } = await at.doctor(env);
  const [fault, ...others] = lines.filter((line) => line.state === 'fault');
  if (!fault) throw new Error(`No fault:\n${stdout}`);
  expect({ code, others }).toEqual({ code: 1, others: [] });
  return fault;
}

describe('yagura doctor', () => {
  it('finds no fault, no warning and nothing it could not see in a healthy set-up', async () => {
    const { code, lines, stderr } = await at.doctor();
    expect(lines.filter((line) => line.state !== 'ok')).toEqual([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const checks = await loadChecks();
    expect(lines.map((line) => line.check)).toEqual(checks.map((check) => check.name));
    expect(checks.length).toBeGreaterThanOrEqual(15);
  });

  it('names a private key that is not the app’s', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { code, lines } = await at.doctor({ PRIVATE_KEY: key });
    expect(code).toBe(1);
    const faults = lines.filter((line) => line.state === 'fault');
    expect(faults).toMatchObject([
      { check: 'app-identity', outcome: 'wrong-key', fix: expect.stringMatching(/new private key/) },
    ]);
    // What hangs on it is not called good, nor bad.
    const unseen = lines.filter((line) => line.state === 'could-not-look');
    expect(unseen.map((line) => line.check)).toEqual(
      expect.arrayContaining(['permissions', 'installations', 'repositories', 'branch-rules', 'teams']),
    );
    expect(unseen.every((line) => line.says.includes('see app-identity') || line.check === 'app-clock')).toBe(true);
  });

  it('names a server that does not answer', async () => {
    const fault = await onlyFault({ GITHUB_API_URL: 'http://127.0.0.1:9' });
    expect(fault).toMatchObject({
      check: 'app-identity',
      outcome: 'no-answer',
      fix: expect.stringContaining('127.0.0.1:9'),
    });
  });

  it('names a permission that the organization has not granted, and where to accept it', async () => {
    at.changeInstallation(({ permissions }) => ({ permissions: { ...permissions, issues: 'read' } }));
    const fault = await onlyFault();
    expect(fault).toMatchObject({ check: 'permissions', outcome: 'not-granted' });
    expect(fault.says).toContain('issues: write is not granted');
    expect(fault.fix).toMatch(/^An owner of acme opens http:\S+\/settings\/installations\/\d+ and accepts/);
  });

  it('calls a missing permission for one kind of alerts a warning, and one too many as well', async () => {
    at.changeInstallation(({ permissions: { security_events: _, ...less } }) => ({
      permissions: { ...less, administration: 'write' },
    }));
    const { code, lines } = await at.doctor();
    expect(code).toBe(0);
    expect(lines.filter((line) => line.state !== 'ok').map((line) => line.outcome)).toEqual([
      'alerts-not-granted',
      'more-than-needed',
    ]);
  });

  it('names an event that is not subscribed to', async () => {
    at.changeInstallation(({ events }) => ({ events: events.filter((event) => event !== 'issue_comment') }));
    const fault = await onlyFault();
    expect(fault).toMatchObject({
      check: 'events',
      outcome: 'not-subscribed',
      fix: expect.stringContaining('"Issue comment"'),
    });
  });

  it('names the issue repository when the app is not installed on it', async () => {
    at.changeInstallation(() => ({ repositoryIds: [at.forge.seeded.repositoryIds.socConfig] }));
    const fault = await onlyFault();
    expect(fault).toMatchObject({ check: 'installations', outcome: 'not-on-issues' });
    expect(fault.fix).toContain('Add acme/soc under "Repository access"');
  });

  it('names an installation that was suspended', async () => {
    at.changeInstallation(() => ({ suspendedAt: '2026-03-01T00:00:00Z' }));
    const fault = await onlyFault();
    expect(fault).toMatchObject({
      check: 'installations',
      outcome: 'suspended',
      fix: expect.stringContaining('Unsuspend'),
    });
  });

  it('names a public issue repository', async () => {
    at.changeIssueRepository({ private: false });
    const fault = await onlyFault();
    expect(fault).toMatchObject({
      check: 'repositories',
      outcome: 'public',
      fix: expect.stringContaining('/acme/soc/settings'),
    });
    const { code, lines } = await at.doctor({ YAGURA_ALLOW_PUBLIC: '1' });
    expect({ code, outcomes: lines.flatMap((line) => line.outcome ?? []) }).toEqual({
      code: 0,
      outcomes: ['public-allowed'],
    });
  });

  it('names an issue repository without issues, and where they are switched on', async () => {
    at.changeIssueRepository({ hasIssues: false });
    const fault = await onlyFault();
    expect(fault).toMatchObject({ check: 'repositories', outcome: 'no-issues' });
    expect(fault.fix).toMatch(/^Tick "Issues" under Features at http:\S+\/acme\/soc\/settings/);
  });

  it('names a queue that GitHub did not pin, where policy wants one', async () => {
    await at.notPinned(7, 'GitHub answered: Maximum 3 pinned issues per repository');
    const { code, lines } = await at.doctor();
    expect(code).toBe(0);
    expect(lines.filter((line) => line.state !== 'ok')).toMatchObject([
      {
        check: 'queue',
        outcome: 'not-pinned',
        says: 'acme/soc#7 is not pinned: GitHub answered: Maximum 3 pinned issues per repository',
        fix: 'Unpin one of the other issues of acme/soc, or pin #7 by hand; it is tried again once a day.',
      },
    ]);
    await at.changePolicy('---\nqueue: false\n---\n', 'yagura.md');
    expect((await at.doctor()).lines.filter((line) => line.state !== 'ok')).toEqual([]);
  });

  it('names a webhook secret that differs, by what the server saw', async () => {
    at.secret = 'some-other-secret-of-old';
    await at.deliverSomething();
    const fault = await onlyFault();
    expect(fault).toMatchObject({ check: 'webhook-deliveries', outcome: 'wrong-secret' });
    expect(fault.says).toMatch(/failed: answer 401; \d+ failed in the last day$/);
  });

  it('names an address where nobody answers', async () => {
    at.aim('http://127.0.0.1:9/api/github/webhooks');
    await at.deliverSomething();
    const fault = await onlyFault();
    expect(fault).toMatchObject({ check: 'webhook-deliveries', outcome: 'nobody-answers' });
  });

  it('does not mind that no webhook address is set, nor that webhooks failed before', async () => {
    at.aim('http://127.0.0.1:9/api/github/webhooks');
    await at.deliverSomething();
    at.aim(null);
    const { code, lines } = await at.doctor();
    expect(code).toBe(0);
    expect(lines.find((line) => line.check === 'webhook-address')).toMatchObject({ outcome: 'none', state: 'warning' });
  });

  it('says that GitHub is asked where something was written and no webhook told of it', async () => {
    await at.unheard();
    const { code, lines } = await at.doctor();
    expect(code).toBe(0);
    expect(lines.find((line) => line.check === 'polling')).toMatchObject({
      outcome: 'silent',
      says: 'no webhook ever came, and something was written since',
      fix: expect.stringContaining('YAGURA_WEBHOOKS=off'),
    });
  });

  it('minds no webhook where the settings expect none, and needs no secret then', async () => {
    at.aim(null);
    await at.unheard();
    const { code, lines } = await at.doctor({ WEBHOOK_SECRET: '', YAGURA_WEBHOOKS: 'off' });
    expect(lines.filter((line) => line.state !== 'ok')).toEqual([]);
    expect(code).toBe(0);
    expect(lines.find((line) => line.check === 'polling')?.says).toContain(
      'every 10 seconds while an incident is open',
    );
  });

  it('names a team of the policy that cannot be read', async () => {
    await at.changePolicy(responders('acme/no-such-team'));
    const fault = await onlyFault();
    expect(fault).toMatchObject({ check: 'teams', outcome: 'unreadable', says: 'acme/no-such-team cannot be read' });
    expect(fault.fix).toContain('policies/response.md');
  });

  it('names a channel for notifications that has no address, and messages that did not arrive', async () => {
    const channel = '{ id: chat, channel: slack, secret: YAGURA_NOTIFY_CHAT }';
    await at.changePolicy('---\nmode: recommend\n---\n', 'yagura.md');
    await at.changePolicy(`---\nchannels: [${channel}]\n---\n`, 'policies/notifications.md');
    const fault = await onlyFault();
    expect(fault).toMatchObject({ check: 'notifications', outcome: 'unusable' });
    expect(fault.fix).toContain('Set YAGURA_NOTIFY_CHAT where Yagura runs');
    await at.undelivered('chat', 'Slack answered 404 (no_service)');
    const { code, lines } = await at.doctor({ YAGURA_NOTIFY_CHAT: 'https://hooks.example.com/synthetic' });
    expect(code).toBe(0);
    expect(lines.filter((line) => line.state !== 'ok')).toMatchObject([
      {
        check: 'notifications',
        outcome: 'undelivered',
        says: 'chat: 1 did not arrive; the last: Slack answered 404 (no_service)',
      },
    ]);
  });

  it('names a team of an organization the app is not installed in', async () => {
    await at.changePolicy(responders('globex/responders'));
    const fault = await onlyFault();
    expect(fault).toMatchObject({ check: 'teams', outcome: 'not-installed' });
    expect(fault.fix).toContain('"Make public"');
  });

  it.each([
    ['rooms: [{ repository: acme/soc-missing }]', 'room-unseen', 'the app does not see acme/soc-missing'],
    ['rooms: [{ repository: acme/soc }]', 'room-is-default', 'acme/soc is YAGURA_REPO and a room as well'],
    ['accept: [acme, globex]', 'accepts-nobody', 'the app is not installed in globex'],
  ])(
    'names what the policy writes of issue repositories and organizations and nobody sees: %s',
    async (line, outcome, says) => {
      await at.changePolicy(`---\n${line}\n---\n`, 'yagura.md');
      const fault = await onlyFault();
      expect(fault).toMatchObject({ check: 'rooms', outcome, says });
      expect(fault.fix).toContain('yagura.md');
    },
  );

  it.each([null, 0])('names a config repository whose changes need no approval (%s)', async (reviews) => {
    at.requireApprovals(reviews);
    const fault = await onlyFault();
    expect(fault).toMatchObject({
      check: 'branch-rules',
      outcome: 'no-review',
      fix: expect.stringContaining('/settings/rules'),
    });
  });

  it('reads the older branch protection too, and calls it neither good nor bad where it may not', async () => {
    at.requireApprovals(null, { reviews: 1 });
    expect((await at.doctor()).lines.filter((line) => line.state !== 'ok')).toEqual([]);
    at.requireApprovals(null, { reviews: null });
    expect(await onlyFault()).toMatchObject({ check: 'branch-rules', outcome: 'no-review' });
    at.changeInstallation(({ permissions: { administration: _, ...less } }) => ({ permissions: less }));
    const { code, lines } = await at.doctor();
    expect({ code, line: lines.find((line) => line.check === 'branch-rules') }).toMatchObject({
      code: 0,
      line: { state: 'could-not-look', fix: expect.stringContaining('/settings/branches') },
    });
  });

  it('names the line of a broken config commit', async () => {
    await at.changePolicy('---\nrights:\n  responder:\n    teems: [acme/soc]\n---\n');
    const fault = await onlyFault();
    expect(fault).toMatchObject({ check: 'config-commit', outcome: 'broken' });
    expect(fault.says).toMatch(/policies\/response\.md:4: /);
  });

  it('names a database that is not migrated, one that is newer, and one that does not answer', async () => {
    await using other = await testDatabase();
    await other.pool.query('delete from schema_migration where number = (select max(number) from schema_migration)');
    const env = { DATABASE_URL: other.url };
    expect(await onlyFault(env)).toMatchObject({ check: 'database', outcome: 'not-migrated' });
    await other.pool.query("update schema_migration set hash = 'another' where number = 1");
    expect(await onlyFault(env)).toMatchObject({ check: 'database', outcome: 'different' });
    const away = await onlyFault({ DATABASE_URL: 'postgres://yagura:hunter2-secret@127.0.0.1:9/yagura' });
    expect(away).toMatchObject({ check: 'database', outcome: 'unreachable' });
  });

  it('names a source that fell silent, and no source that never sent', async () => {
    await at.records('guardduty', 6, '1 day', '5 days');
    const fault = await onlyFault();
    expect(fault).toMatchObject({ check: 'sources', outcome: 'silent' });
    expect(fault.says).toBe('guardduty: last record 5 days ago, and it used to send at least every day');
    const { code, lines } = await at.doctor({ YAGURA_INGEST_TOKEN_WEB_SHOP: 'a-token-of-its-own' });
    expect(code).toBe(1);
    expect(lines.find((line) => line.outcome === 'never')).toMatchObject({
      says: 'web-shop: never sent a record',
      fix: expect.stringContaining('YAGURA_INGEST_TOKEN_WEB_SHOP'),
    });
  });

  it('does not call people or GitHub silent, who write when there is something', async () => {
    for (const source of ['report', 'github']) await at.records(source, 6, '1 day', '20 days');
    const { code, lines } = await at.doctor();
    const heard = lines.filter((line) => line.check === 'sources').map((line) => line.says);
    expect({ code, heard }).toEqual({
      code: 0,
      heard: [expect.stringMatching(/^falco: /), 'github: last record 20 days ago', 'report: last record 20 days ago'],
    });
  });

  it('names a setting that cannot be read, and calls what hangs on it neither good nor bad', async () => {
    const { code, lines } = await at.doctor({ YAGURA_REPO: 'no repository' });
    expect(code).toBe(1);
    const [settings, ...others] = lines;
    expect(settings).toMatchObject({ check: 'settings', state: 'fault', says: expect.stringContaining('YAGURA_REPO') });
    expect(others.filter((line) => line.state !== 'could-not-look').map((line) => line.check)).toEqual(['database']);
  });

  it('tells apart a clock that is a little off, far off, and right', async () => {
    const outcomes = [0, 60, -60, 900].map(async (seconds) => {
      const { scene, close } = createScene(ioOf(), () => new Date(Date.now() + seconds * 1_000));
      const found = await appClock.run(scene);
      await close();
      return found.map((one) => ('ok' in one ? 'ok' : one.outcome));
    });
    expect(await Promise.all(outcomes)).toEqual([['ok'], ['off'], ['off'], ['far-off']]);
  });

  it('tells an address that GitHub cannot reach from one it can', async () => {
    const { scene } = createScene(ioOf());
    const github = () => ({ ...scene.github(), apiUrl: 'https://api.github.com' });
    const outcome = async (url: string) => {
      at.aim(url);
      const [found] = await webhookAddress.run({ ...scene, github });
      return found && 'outcome' in found ? found.outcome : 'ok';
    };
    expect(await outcome('https://soc.example.com/api/github/webhooks')).toBe('ok');
    expect(await outcome('http://soc.example.com/api/github/webhooks')).toBe('unverified');
    for (const host of ['localhost:3100', '127.0.0.1', '10.1.2.3', '[fd00::1]', 'yagura', 'soc.internal']) {
      expect(await outcome(`http://${host}/api/github/webhooks`), host).toBe('unreachable');
    }
  });
});

/** For a check that is run alone. */
function ioOf(): CliIo {
  const { stdin, stdout, stderr } = process;
  return { stdin, stdout, stderr, env: at.env, cwd: scratch('cwd') };
}
