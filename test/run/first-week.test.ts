import { expect, it } from 'vitest';
import { quietByDefault } from '../../src/domain/quiet.ts';
import { putAlert, type StagedAlert } from '../../src/forge/operations/alerts.ts';
import { turnDay } from '../../src/run/turn-day.ts';
import { seeded } from '../crash/seeded.ts';
import { seedOrganization } from '../forge/second-organization.ts';
import { soc } from '../github/adapter-in-test.ts';
import { type Spine, spine } from './spine.ts';
import { figuresOf, quantile, remote, weekTable } from './week-figures.ts';

/** `YAGURA_FULL=1`: the whole week of the whole company; else a short one of a small company, by the same rules. */
const full = process.env.YAGURA_FULL === '1';
const size = full
  ? { repositories: 20, alerts: 30, days: 7, timeout: 1_200_000 }
  : { repositories: 1, alerts: 15, days: 1, timeout: 90_000 };
const organizations = ['globex', 'initech'];
const severities = ['low', 'low', 'medium', 'medium', 'medium', 'high', 'high', 'critical'] as const;
const hourS = 3600;

type Chance = ReturnType<typeof seeded>;

function advisory(ghsa: string, severity: string): Record<string, unknown> {
  const vulnerability = {
    package: { ecosystem: 'npm', name: `pad-${ghsa.slice(-4)}` },
    severity,
    vulnerable_version_range: '< 2.4.1',
    first_patched_version: { identifier: '2.4.1' },
  };
  const link = `https://github.com/advisories/${ghsa}`;
  const dates = { published_at: '2026-02-28T00:00:00Z', updated_at: '2026-02-28T12:00:00Z', withdrawn_at: null };
  const scores = { cvss: { vector_string: null, score: 0 }, cwes: [] };
  return {
    dependency: {
      package: vulnerability.package,
      manifest_path: 'package-lock.json',
      scope: 'runtime',
      relationship: 'direct',
    },
    security_advisory: {
      ...{
        ghsa_id: ghsa,
        cve_id: null,
        summary: `pad-${ghsa.slice(-4)} runs its input`,
        description: 'It does.',
        severity,
      },
      ...{
        identifiers: [{ type: 'GHSA', value: ghsa }],
        references: [{ url: link }],
        vulnerabilities: [vulnerability],
      },
      ...{ ...dates, ...scores },
    },
    security_vulnerability: vulnerability,
  };
}

/** One of a scanner's alerts: of a hundred advisories, or of its own. */
function staged(chance: Chance): StagedAlert {
  const scanner = chance.pick(['dependabot', 'dependabot', 'code-scanning', 'secret-scanning'] as const);
  if (scanner !== 'dependabot') return { scanner };
  const n = chance.whole(0, 99);
  return { scanner, alert: advisory(`GHSA-2222-3333-${String(4000 + n)}`, severities[n % severities.length] ?? 'low') };
}

const leftInPullRequest = 'Found in a pull request that nobody merges';

function ofPullRequest(number: number): StagedAlert {
  const rule = { id: `js/rule-${number}`, description: leftInPullRequest, security_severity_level: 'critical' };
  return { scanner: 'code-scanning', alert: { rule }, ref: `refs/pull/${number}/merge` };
}

function put(s: Spine, name: string, alert: StagedAlert): void {
  const { state } = s.a.t.forge;
  const repo = state.store.all('repository').find((one) => one.name === name);
  const ken = state.store.all('account').find((one) => one.login === 'ken');
  if (!repo || !ken) throw new Error('The forge is not seeded.');
  state.store.transact(() => putAlert(state, ken, repo, alert));
}

const names = organizations.flatMap((org) => Array.from({ length: size.repositories }, (_, n) => `${org}-${n}`));

async function company(chance: Chance): Promise<Spine> {
  const mention = { severity: 'high' as const, who: ['acme/soc-responders'] };
  const s = await spine({ quiet: quietByDefault, timeZone: 'UTC', mention }, { limits: true });
  const { state } = s.a.t.forge;
  const installationIds = organizations.map((login) => {
    const own = names.filter((name) => name.startsWith(login)).map((name) => [name, {}] as const);
    return seedOrganization(state, { login, repositories: Object.fromEntries(own) }).installationId;
  });
  s.accepted = { installationIds, repositories: [] };
  for (const name of names)
    for (let n = 0; n < size.alerts; n += 1) {
      const days = chance.whole(1, 700);
      const created = new Date(s.now().getTime() - days * 86_400_000).toISOString().replace(/\.\d+/, '');
      const { scanner, alert } = staged(chance);
      put(s, name, { scanner, tell: false, alert: { ...alert, created_at: created, updated_at: created } });
    }
  s.pass(hourS);
  s.pipeline.now = s.now();
  s.pipeline.policy = s.policy;
  return s;
}

/** A day as products see it: much that is low, some medium, a little high, and one critical. */
function threats(chance: Chance, day: number): { hour: number; alert: object }[] {
  const some = (count: number, severity: string) =>
    Array.from({ length: count }, (_, n) => {
      const host = `host-${day}-${severity}-${n}`;
      const alert = { title: `Odd process ${chance.whole(1, 20)}`, rule: `r${chance.whole(1, 20)}`, severity, host };
      return { hour: chance.whole(0, 23), alert };
    });
  return [...some(60, 'low'), ...some(20, 'medium'), ...some(5, 'high'), ...some(1, 'critical')];
}

function secondsToMorning(now: Date): number {
  const day = 86_400_000;
  return (Math.ceil(now.getTime() / day) * day + 3 * 3_600_000 - now.getTime()) / 1000;
}

/** Lets an hour pass in minutes, as the loops would see it; receipts are waited for by the forge's clock. */
async function anHour(s: Spine, minutes: number): Promise<void> {
  for (let left = 60; left > 0; left -= minutes) {
    s.pass(minutes * 60);
    s.pipeline.now = s.now();
    await s.settle();
  }
  await turnDay(s.deps);
}

/** Bounds of what a week may cost people: the quiet start is judged by them. */
const bounds = {
  /** Ten a day from each of three connections. */
  issuesADay: 30,
  /** Of each person, also as a member of a team. */
  mentionsADay: 15,
  /** Seconds from writing a comment to its receipt: GitHub's ten, or the next minute's sweep for a lost webhook. */
  receipt: { middle: 15, most95: 20, most: 90 },
};

it('connecting a company with its open alerts is one issue, and the first week stays within ten a day for each source', {
  timeout: size.timeout,
}, async () => {
  const chance = seeded(7);
  await using s = await company(chance);
  // The week begins in the morning, whenever it is run: its days are counted.
  s.pass(secondsToMorning(s.now()));
  s.pipeline.now = s.now();
  while (await s.lookAtAlerts()) await s.settle();
  await anHour(s, 5);
  const connected = await remote(s);
  expect(connected.issues.map(({ title }) => title)).toEqual([
    'Inventory: what was open when its source was connected',
  ]);
  expect(connected.comments).toEqual([]);
  const total = (names.length * size.alerts).toLocaleString('en-US');
  expect((await s.issue(connected.issues[0]?.number ?? 0)).body).toContain(`**${total} alerts were open already`);

  const delays: number[] = [];
  const began = s.now();
  for (let day = 0; day < size.days; day += 1) {
    const due = threats(chance, day);
    for (let hour = 0; hour < 24; hour += 1) {
      const now = due.filter((one) => one.hour === hour).map(({ alert }) => alert);
      if (chance.next() < 0.3) put(s, chance.pick(names), staged(chance));
      if (now.length > 0) await s.take(...now);
      const nth = day * 24 + hour;
      put(s, names[nth % names.length] ?? '', ofPullRequest(nth));
      await s.deliver();
      const open = (await remote(s)).issues.filter(({ title }) => title.startsWith('['));
      const lost = delays.length % 30 === 29;
      if (hour % (full ? 3 : 6) === 0 && open.length > 0)
        delays.push(await answered(s, chance, chance.pick(open).number, lost));
      await anHour(s, full ? 15 : 60);
    }
  }
  const after = await remote(s);
  const figures = figuresOf(s, after, { began, days: size.days, connections: 3, delays });
  console.log(weekTable(figures));
  expect(Math.max(...figures.issues)).toBeLessThanOrEqual(bounds.issuesADay);
  expect([...figures.mentions.keys()].sort()).toEqual(['ken', 'mika']);
  for (const days of figures.mentions.values()) expect(Math.max(...days)).toBeLessThanOrEqual(bounds.mentionsADay);
  expect(quantile(figures.delays, 0.5)).toBeLessThanOrEqual(bounds.receipt.middle);
  expect(quantile(figures.delays, 0.95)).toBeLessThanOrEqual(bounds.receipt.most95);
  expect(quantile(figures.delays, 1)).toBeLessThanOrEqual(bounds.receipt.most);
  for (const { title, body } of after.issues) expect(`${title} ${body}`).not.toContain(leftInPullRequest);
  const digests = after.issues.filter(({ title }) => title.startsWith('Digest'));
  expect(digests.length).toBeLessThanOrEqual(size.days + 1);
  const lost = await s.store.query(
    `select 1 from incident where stands = 'digest' and id not in (select incident_id from digest_entry)`,
  );
  expect(lost.rowCount).toBe(0);
});

/**
 * A person takes an incident; seconds from that, by the forge's clock, until the receipt stands. GitHub's webhook comes one
 * to ten seconds later, or is `lost`: then one of the sweeps, once a minute, finds the comment.
 */
async function answered(s: Spine, chance: Chance, issue: number, lost: boolean): Promise<number> {
  const at = { owner: soc.owner, repo: soc.name, issue_number: issue };
  const asked = await s.a.t.person('hana').rest.issues.createComment({ ...at, body: '/take' });
  const written = new Date(asked.data.created_at).getTime();
  const heard = chance.whole(1, 10);
  const swept = chance.whole(0, 59);
  for (let second = 1; second < 600; second += 1) {
    s.pass(1);
    if (second === heard) await s.hear((hooks) => (lost ? [] : hooks));
    if (second % 60 === swept) await s.sweep();
    await s.settle();
    const { comments } = await remote(s);
    const receipt = comments.find((one) => one.ours && one.body.includes(`receipt=${asked.data.id}`));
    if (receipt) return (receipt.created.getTime() - written) / 1000;
  }
  throw new Error(`/take on #${issue} was not answered`);
}
