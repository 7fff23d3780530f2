import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.ts';
import type { TrialReport } from '../../../src/cli/trial/trial-report.ts';
import { sha256 } from '../../../src/domain/canonical.ts';
import type { IncomingRecord } from '../../../src/domain/record.ts';
import { identityOf } from '../../../src/ingest/identity.ts';
import { saveGood } from '../../../src/policy/policy-store.ts';
import { writeRecords } from '../../../src/store/raw-records.ts';
import { filesOf, goodPolicy } from '../../policy/policy-files.ts';
import { type Spine, spine } from '../../run/spine.ts';
import { scratch } from '../../scratch.ts';

const dir = scratch('trial');

const files = {
  'yagura.md':
    '---\norganization: Acme\ntime_zone: Asia/Tokyo\nmode: observe\nmention: { severity: high, who: [hana] }\n---\n',
  'policies/triage.md':
    '---\nverdicts:\n  - when: { title: Port scan }\n    verdict: benign\n    because: Our scanner.\n---\n',
  'policies/response.md': `---
rights:
  analyst: { people: [hana] }
  responder: { people: [ken] }
resources:
  - { id: edge, connector: blocklist, settings: { list: edge } }
responses:
  - id: block-address
    when: { kind: threat, severity: high }
    entity: ip
    action: block
    resources: [edge]
    autonomy: approve
    duration: 24h
    max_duration: 7d
    because: It attacks us.
---
`,
};

/** A Yagura in observe mode that saw these alerts, each a number and what is special about it. */
async function observing(...alerts: object[]): Promise<Spine> {
  const s = await spine(goodPolicy(files));
  await saveGood(s.store, 'acme/soc-config', { commit: 'c'.repeat(40), files: filesOf(files) }, s.now());
  await s.take(...alerts);
  return s;
}

function alert(n: number, more: object = {}): object {
  const at = new Date(Date.now() + n * 1000).toISOString();
  return {
    id: `alert-000${n}`,
    title: `Alert ${n}`,
    severity: 'high',
    host: `web-${n}`,
    src_ip: `203.0.113.${n}`,
    time: at,
    ...more,
  };
}

async function trial(
  s: Spine,
  rows: string[],
  more: string[] = [],
): Promise<{ code: number; out: string; err: string }> {
  const file = join(dir, `${rows.length}-${more.length}.csv`);
  writeFileSync(file, ['time,id,title,severity,verdict,who,group', ...rows, ''].join('\r\n'));
  const said = { out: '', err: '' };
  const into = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _, done) {
        said[name] += String(chunk);
        done();
      },
    });
  const io = { stdin: Readable.from([]), stdout: into('out'), stderr: into('err'), cwd: dir };
  const since = new Date(s.now().getTime() - 86_400_000).toISOString().slice(0, 10);
  const args = ['trial', '--since', since, ...(rows.length > 0 ? ['--csv', file] : []), ...more];
  return { code: await main(args, { ...io, env: { DATABASE_URL: s.pipeline.url } }), ...said };
}

async function reportOf(s: Spine, rows: string[]): Promise<TrialReport> {
  const { out, err } = await trial(s, rows, ['--json']);
  expect(err).toBe('');
  return JSON.parse(out) as TrialReport;
}

/** Two shells in one container: the second record is folded into the alert of the first, and known by its id alone. */
async function shells(s: Spine, time: string, ids: string[]): Promise<void> {
  const records = ids.map((uuid): IncomingRecord => {
    const record = {
      uuid,
      rule: 'Shell',
      priority: 'Critical',
      output: 'x',
      time,
      output_fields: { 'container.id': 'aa11' },
    };
    const content = Buffer.from(JSON.stringify(record));
    const made = { source: 'falco', contentHash: sha256(content) };
    return {
      ...made,
      content,
      ...identityOf({ ...made, idempotencyKey: undefined, index: 0, eventId: uuid }),
      origin: null,
    };
  });
  await writeRecords(s.store, s.now(), records);
}

const titles = (pairs: readonly { title: string }[]) => pairs.map(({ title }) => title);

describe('what Yagura missed', () => {
  it('comes first: what people called real and it calls nothing, would tell nobody of, or rates lower', async () => {
    await using s = await observing(
      alert(1),
      alert(2, { severity: 'low' }),
      alert(3, { title: 'Port scan' }),
      alert(4, { severity: 'medium' }),
    );
    const rows = [
      ',alert-0001,,,tp,ken,',
      ',alert-0002,,,tp,ken,',
      ',alert-0003,,,tp,ken,',
      ',alert-0004,,critical,,ken,',
    ];
    const report = await reportOf(s, rows);
    expect(report.misses.map(({ title, misses }) => [title, ...misses])).toEqual([
      ['Port scan', 'said-otherwise'],
      ['Alert 2', 'would-tell-nobody'],
      ['Alert 4', 'too-low'],
    ]);
    expect(report.calls.real).toEqual({ real: 0, nothing: 1, open: 2 });
    expect(report.told.real).toEqual([2, 3]);
    expect(report.severity).toEqual({ same: 0, yaguraHigher: 0, yaguraLower: 1 });
    const { code, out } = await trial(s, rows);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^Trial since \d{4}-\d\d-\d\d 00:00 JST \(15:00Z\): 4 incidents, 4 decided by people\.\nMissed: 3; 0 without any alert here, 3 judged too lightly\.\nThe file: 4 of 4 rows found \(4 by id, 0 by title/,
    );
    expect(out.indexOf('Misses (3)')).toBeLessThan(out.indexOf('False alarms'));
    expect(out).toContain(
      'incident 2 (only in the digest) Alert 2 | people: true-positive by ken | Yagura: not-assessed, low: nobody would have been told',
    );
    expect(out).toContain('told somebody: 2 of 3 (67 %) of the real, 0 of 0 of the nothing');
  });

  it('is told apart from what is mended by day by design', async () => {
    await using s = await observing(alert(1, { kind: 'misconfiguration' }));
    const report = await reportOf(s, [',alert-0001,,,tp,,']);
    expect([report.misses, titles(report.byDay)]).toEqual([[], ['Alert 1']]);
  });

  it('is a miss by night when it is exploited and exposed', async () => {
    await using s = await observing(
      alert(1, { kind: 'vulnerability' }),
      alert(2, { kind: 'vulnerability', severity: 'low' }),
    );
    await s.store.query('update incident set pressing = true');
    const report = await reportOf(s, [',alert-0001,,,tp,,', ',alert-0002,,,tp,,']);
    expect([titles(report.byDay), report.misses.map(({ title, misses }) => [title, ...misses])]).toEqual([
      [],
      [['Alert 2', 'would-tell-nobody']],
    ]);
    expect(report.told.real).toEqual([1, 2]);
  });

  it('is judged by the policy in force when it came in; the last one stands in where that is not stored', async () => {
    await using s = await observing(alert(1));
    const later = { ...files, 'yagura.md': files['yagura.md'].replace('severity: high', 'severity: low') };
    const commit = 'd'.repeat(40);
    s.policy = { ...goodPolicy(later), commit };
    await saveGood(s.store, 'acme/soc-config', { commit, files: filesOf(later) }, new Date(s.now().getTime() + 1000));
    await s.take(alert(2, { severity: 'medium' }), alert(3, { severity: 'medium' }));
    const tells = async () => (await reportOf(s, [])).undecided.map((one) => [one.title, ...one.tells]);
    const calm = { ...files, 'yagura.md': files['yagura.md'].replace('severity: high', 'severity: critical') };
    await saveGood(
      s.store,
      'acme/soc-config',
      { commit: 'e'.repeat(40), files: filesOf(calm) },
      new Date(s.now().getTime() + 2000),
    );
    expect(await tells()).toEqual([
      ['Alert 1', '@hana'],
      ['Alert 2', '@hana'],
      ['Alert 3', '@hana'],
    ]);
    expect((await trial(s, [])).out).toMatch(
      /by the policy in force when .* \(2 commits; the last is acme\/soc-config@e{12}\)/,
    );
    await s.store.query('delete from policy_commit where commit = $1', [commit]);
    expect(await tells()).toEqual([['Alert 1', '@hana'], ['Alert 2'], ['Alert 3']]);
    expect((await trial(s, [])).out).toContain(
      'Of 2 of 3 incidents that policy is not stored: they are judged by acme/soc-config@eeeeeeeeeeee.',
    );
  });

  it('is worst where people called real what no alert here is: it comes before all else, and is counted', async () => {
    await using s = await observing(alert(1));
    const rows = [',somewhere-else,,,tp,ken,', ',another-one,,,fp,ken,', ',4711,,,tp,ken,', ',alert-0001,,,tp,ken,'];
    const { out, code } = await trial(s, rows);
    expect(out).toContain('\nMissed: 1; 1 without any alert here, 0 judged too lightly.\n');
    const [, first, second] = out.split('\n\n');
    expect(first).toBe(
      [
        'Missed altogether: people called it real, and no alert here is it (1)',
        '  line 2: somewhere-else, true-positive: no alert has its id',
      ].join('\n'),
    );
    expect(second).toMatch(/^Misses: none\nFalse alarms: /);
    expect(out).toMatch(/Other rows that could not be told to be an alert here \(2\)\n {2}line 3: .*\n {2}line 4: /);
    expect(code).toBe(1);
    expect((await trial(s, rows.slice(1))).code).toBe(0);
  });
});

describe('what people decided', () => {
  it('is read of commands as of the file, and what nobody decided is listed', async () => {
    await using s = await observing(alert(1), alert(2), alert(3));
    await s.comment('hana', 1, '/close fp a test');
    await s.comment('hana', 2, '/severity critical');
    const report = await reportOf(s, []);
    expect(titles(report.falseAlarms)).toEqual(['Alert 1']);
    expect(report.falseAlarms[0]).toMatchObject({
      people: { verdicts: ['false-positive'], who: ['hana'], rows: 0 },
      yagura: { tells: ['@hana'], proposes: ['block 203.0.113.1 on edge'] },
    });
    expect(report.misses.map(({ title, misses }) => [title, ...misses])).toEqual([['Alert 2', 'too-low']]);
    expect(report.undecided).toEqual([expect.objectContaining({ title: 'Alert 3', tells: ['@hana'] })]);
    expect([report.decided, report.incidents]).toEqual([2, 3]);
  });

  it('of an incident in a restricted room is told by its number alone', async () => {
    await using s = await observing(alert(1), alert(2));
    await s.store.query(`update incident set room = 'acme/private' where id = 1`);
    const { out } = await trial(s, [',alert-0001,,,fp,ken,', ',alert-0002,,,fp,ken,']);
    expect(out).toMatch(/acme\/private#1 \(restricted\) \| .* and proposed \(restricted\)\n {2}#2 Alert 2 /);
    expect(out).not.toContain('Alert 1');
    expect(out).not.toContain('203.0.113.1 ');
  });

  it('is real when one of several who looked says so, and is listed as not agreed on', async () => {
    await using s = await observing(alert(1));
    await s.comment('hana', 1, '/verdict benign our own');
    const report = await reportOf(s, [',alert-0001,,,tp,ken,']);
    expect(report.calls.real).toEqual({ real: 0, nothing: 0, open: 1 });
    expect(titles(report.divided)).toEqual(['Alert 1']);
  });

  it('is found by the id of a repeat, by a part of a link, or by title and time; what fits several fits none', async () => {
    const at = new Date(Date.now() - 60_000).toISOString();
    await using s = await observing(
      {
        id: 'first-one',
        title: 'Beacon',
        severity: 'high',
        host: 'db-1',
        time: at,
        link: 'https://siem.example/alerts/4711-a?x=1',
      },
      { title: 'Odd login', severity: 'high', host: 'db-2', time: at },
      { title: 'Same words', severity: 'high', host: 'db-3', time: at },
      { title: 'Same words', severity: 'high', host: 'db-4', time: at },
    );
    await shells(s, at, ['f-000000-1', 'f-000000-2']);
    await s.settle();
    const far = new Date(Date.parse(at) + 3_600_000).toISOString();
    const report = await reportOf(s, [
      ',4711-a,,,fp,,',
      `${at},,ODD  login,,fp,,`,
      ',f-000000-2,,,fp,,',
      `${at},,Same words,,tp,,`,
      `${far},,Odd login,,tp,,`,
      ',4711,,,tp,,',
    ]);
    expect(titles(report.falseAlarms)).toEqual(['Beacon', 'Odd login', expect.stringContaining('Shell')]);
    expect(report.rows).toMatchObject({ read: 6, matchedById: 2, matchedByTitle: 1 });
    expect(report.absent.map(({ line, why }) => [line, why])).toEqual([[6, 'no alert has its title near its time']]);
    expect(report.unmatched.map(({ line, why }) => [line, why])).toEqual([
      [5, 'its title and time fit 2 incidents'],
      [7, 'an id of 4 characters is too short to look for'],
    ]);
  });

  it('is found where its alert began before the trial and was seen again since; an id of before is left out', async () => {
    await using s = await observing(alert(1, { id: 'alert-early' }), alert(2));
    await shells(s, s.now().toISOString(), ['f-000000-1', 'f-000000-2']);
    await s.settle();
    s.pass(5 * 86_400);
    const now = s.now().toISOString();
    await s.take(alert(1, { id: 'alert-late', time: now }));
    const report = await reportOf(s, [`${now},,Alert 1,,tp,,`, ',alert-0002,,,tp,,', ',f-000000-2,,,tp,,']);
    expect([report.absent, report.incidents, titles(report.undecided)]).toEqual([[], 1, []]);
    expect(report.rows).toMatchObject({ read: 3, matchedByTitle: 1, before: 2 });
  });

  it('is compared in its groups', async () => {
    const host = { host: 'shared-1' };
    await using s = await observing(alert(1, host), alert(2, host), alert(3), alert(4));
    const report = await reportOf(s, [
      ',alert-0001,,,tp,,case 1',
      ',alert-0002,,,tp,,case 2',
      ',alert-0003,,,tp,,case 3',
      ',alert-0004,,,tp,,case 3',
    ]);
    expect(report.groups).toEqual({
      rows: 4,
      split: [{ group: 'case 3', incidents: ['2', '3'] }],
      joined: [{ incident: '1', groups: ['case 1', 'case 2'] }],
      pairs: { both: 0, people: 1, yagura: 1 },
    });
  });
});

describe('a file', () => {
  it('hides nothing: what is of before, cannot be read or is not understood is counted', async () => {
    await using s = await observing(alert(1));
    const { out } = await trial(s, [
      '2020-01-01 10:00,alert-0001,,,fp,,',
      ',alert-0001,,loud,fp,,',
      ',alert-0001,,,perhaps,,',
      'yesterday,alert-0001,,,fp,,',
      ',,,,fp,,',
    ]);
    expect(out).toContain('Left out, since they are of before the trial: 1 row.');
    expect(out).toMatch(
      /Rows that cannot be read \(4\)\n {2}line 3: "loud" is no severity.*\n {2}line 4: "perhaps" is no verdict.*\n {2}line 5: "yesterday" is no time.*\n {2}line 6: it has neither an id/,
    );
  });

  it('changes nothing, also not by what stands in it', async () => {
    await using s = await observing(alert(1));
    const before = await s.pipeline.rows('select md5(string_agg(i::text, chr(10))) as all from incident i');
    await trial(s, [",'; drop table alert; --,,,fp,\u001b[31mken,"]);
    const { out } = await trial(s, [',alert-0001,,,tp,\u001b[31mken,', ',,,,,,']);
    expect(out).not.toContain('\u001b');
    expect(await s.pipeline.rows('select md5(string_agg(i::text, chr(10))) as all from incident i')).toEqual(before);
  });

  it.each([
    [['trial'], 'since when?'],
    [['trial', '--since', 'monday'], '--since takes a day'],
    [['trial', '--since', '2026-03-01', '--csv'], '--csv is not understood'],
    [['trial', '--since', '2026-03-01', '--csv', 'missing.csv'], 'cannot be read'],
  ])('%j is refused with what is right', async (args, words) => {
    await using s = await observing();
    const said: string[] = [];
    const sink = new Writable({
      write(chunk, _, done) {
        said.push(String(chunk));
        done();
      },
    });
    const io = { stdin: Readable.from([]), stdout: sink, stderr: sink, cwd: dir };
    expect(await main(args, { ...io, env: { DATABASE_URL: s.pipeline.url } })).toBe(2);
    expect(said.join('')).toContain(words);
  });
});
