import { expect, it } from 'vitest';
import { quietByDefault } from '../../src/domain/quiet.ts';
import { turnDay } from '../../src/run/turn-day.ts';
import { soc } from '../github/adapter-in-test.ts';
import { wait, withRota } from './on-rota.ts';
import { attack, spine } from './spine.ts';

it('a responder has a name taken out of the issue and the store, and the wish keeps nothing of it', async () => {
  await using s = await spine();
  await s.take(attack(1, { title: 'Odd login of Hanako Sato' }));
  await s.deliver();
  const [row] = (await s.store.query<{ issue: string }>('select issue from incident')).rows;
  const issue = Number(row?.issue);
  expect((await s.issue(issue)).title).toContain('Hanako Sato');
  const comment = await s.comment('ken', issue, '/redact hanako sato');
  await s.deliver();
  const shown = await s.issue(issue);
  expect(shown.title).toContain('[redacted]');
  expect(`${shown.title}${shown.body}`).not.toMatch(/hanako/i);
  const receipts = await s.ourComments(issue);
  expect(receipts.join()).toContain('`/redact [text removed]` take a text of 11 characters out');
  expect(receipts.join()).not.toMatch(/hanako/i);
  const kept = await s.store.query(
    `select 'comment' as place from comment where body ~* 'hanako'
     union all select 'command' from command where concat_ws(' ', text, understood, answer) ~* 'hanako'
     union all select 'delivery' from delivery where payload::text ~* 'hanako'
     union all select 'ledger' from ledger where kind in ('command', 'redaction') and body ~* 'hanako'
     union all select 'publication' from publication p where p::text ~* 'hanako'`,
  );
  expect(kept.rows).toEqual([]);
  expect((await s.a.github.comment(soc, comment)).body).toBe('/redact hanako sato');
});

it('an analyst is refused, and the text is not kept either', async () => {
  await using s = await spine();
  await s.take(attack(1));
  const [row] = (await s.store.query<{ issue: string }>('select issue from incident')).rows;
  await s.comment('hana', Number(row?.issue), '/redact web-1');
  expect((await s.ourComments(Number(row?.issue))).join()).toContain('needs the right responder');
  expect((await s.store.query(`select body from comment`)).rows).toEqual([{ body: '/redact [text removed]' }]);
  expect((await s.issue(Number(row?.issue))).body).toContain('web-1');
});

it.each([
  ['an address', '198.51.100.77', '198.51.100[.]77', { src_ip: '198.51.100.77' }],
  ['an address as it is shown', '198.51.100[.]77', '198.51.100[.]77', { src_ip: '198.51.100.77' }],
  [
    'a URL',
    'https://evil.example.com/a.html',
    'hxxps://evil[.]example[.]com/a[.]html',
    {
      url: 'https://evil.example.com/a.html',
    },
  ],
])('%s goes out of what shows it defanged, too: %s', async (_, text, shown, more) => {
  await using s = await spine();
  await s.take({ ...attack(1, more), message: 'seen' });
  await s.comment('hana', 1, '/block 198.51.100.77');
  await s.comment('mika', 1, '/take');
  await wait(s, 13 * 60);
  const all = async () => [(await s.issue(1)).body, ...(await s.ourComments(1))].join('\n');
  expect(await all()).toContain(shown);
  const comment = await s.comment('ken', 1, `/redact ${text}`);
  await s.deliver();
  await wait(s, 60);
  const told = (await s.ourComments(1)).join('\n');
  expect(told).not.toContain(shown);
  // What a recommendation would act on stays in the issue, and that is said.
  if ('src_ip' in more) expect(told).toMatch(/R1, R2/);
  else expect(await all()).not.toContain(shown);
  const left = await s.store.query(
    `select 'command' from command where concat_ws(' ', text, understood, answer) ilike any($1)
     union all select 'publication' from publication p where p::text ilike any($1)`,
    [[text, shown].map((one) => `%${one}%`)],
  );
  expect(left.rows).toEqual([]);
  expect((await s.a.github.comment(soc, comment)).body).toContain(text);
});

it('a name goes out of the hand-over of a shift, too', async () => {
  await using s = await withRota();
  await s.take(attack(1, { title: 'Odd login of Hanako Sato' }));
  await s.comment('ken', 1, '/take');
  await wait(s, 7 * 24 * 60);
  const [row] = (await s.store.query<{ id: string }>(`select remote_id as id from publication where kind = 'notice'`))
    .rows;
  const notice = Number(row?.id);
  expect((await s.issue(notice)).body).toContain('Hanako Sato');
  await s.comment('ken', 1, '/redact hanako sato');
  await wait(s, 60);
  const left = await s.issue(notice);
  expect(left.body).toContain('[redacted]');
  expect(`${left.title}${left.body}`).not.toMatch(/hanako/i);
  expect(left.title).toMatch(/^Hand-over from ken/);
});

it('a name goes out of the digest of a day past, which stays closed', async () => {
  const mention = { severity: 'high' as const, who: ['acme/soc-responders'] };
  await using s = await spine({ quiet: quietByDefault, mode: 'observe', observed: { mention, notifications: [] } });
  await s.take(attack(1, { title: 'Odd login of Hanako Sato' }));
  s.pass(3 * 24 * 3600);
  await turnDay(s.deps);
  await s.settle();
  const digests = await s.store.query<{ id: string }>(
    `select remote_id as id from publication where kind = 'digest' and remote_id is not null order by id`,
  );
  const shown = () => Promise.all(digests.rows.map(({ id }) => s.issue(Number(id))));
  expect((await shown()).map(({ body }) => body).join()).toContain('Hanako Sato');
  const states = (await shown()).map(({ state }) => state);
  const [row] = (await s.store.query<{ issue: string }>('select issue from incident')).rows;
  await s.comment('ken', Number(row?.issue), '/redact hanako sato');
  await wait(s, 60);
  expect((await shown()).map(({ body }) => body).join()).not.toMatch(/hanako/i);
  expect((await shown()).map(({ state }) => state)).toEqual(states);
});

it.each([
  ['the issue that it went on in', 'stays'],
  ['the issue of one that was merged into another', 'gone'],
] as const)('a name goes out of both issues of a merged incident, asked for on %s', async (_, on) => {
  await using s = await spine();
  await s.take(attack(1, { host: 'web-1', title: 'Odd login of Hanako Sato' }));
  await s.take(attack(2, { host: 'web-2', title: 'Odd logout of Hanako Sato' }));
  await s.take({ ...attack(3, { host: 'web-1' }), src_ip: '203.0.113.2' });
  const found = await s.store.query<{ issue: string }>(`select issue from incident where status = 'merged'`);
  const gone = Number(found.rows[0]?.issue);
  const stays = gone === 1 ? 2 : 1;
  const shown = async () => JSON.stringify([await s.issue(1), await s.issue(2)]);
  expect(await shown()).toContain('Hanako Sato');
  await s.comment('ken', on === 'gone' ? gone : stays, '/redact hanako sato');
  await wait(s, 60);
  expect(await shown()).not.toMatch(/hanako/i);
  const left = await s.store.query(
    `select 'incident' from incident i where i::text ~* 'hanako' union all select 'alert' from alert a where a::text ~* 'hanako'
     union all select 'publication' from publication p where p::text ~* 'hanako'`,
  );
  expect(left.rows).toEqual([]);
});

it('a name goes out however wide, composed or broken up it was written', async () => {
  await using s = await spine();
  const written = ['ﾊﾅｺ サトウ', 'ハナコ　サトウ', 'ハナ\u200bコ サトウ', 'ハナコ\nサトウ'];
  await s.take(
    attack(1, { title: `Odd login of ${written[0]}`, user: written[1], message: written.slice(2).join(';') }),
  );
  const stored = async () => {
    const found = await s.store.query<{ texts: string }>(
      `select concat(a::text, i::text, e::text, p::text, convert_from(r.content, 'UTF8')) as texts
       from alert a, incident i, alert_entity e, publication p, raw_record r`,
    );
    return JSON.stringify(found.rows).normalize('NFKC').replaceAll('\u200b', '');
  };
  expect(await stored()).toContain('ハナコ サトウ');
  await s.comment('ken', 1, '/redact ハナコ サトウ');
  await wait(s, 60);
  expect(await stored()).not.toMatch(/ハナコ|サトウ/);
  const { title, body } = await s.issue(1);
  expect(`${title}${body}`.normalize('NFKC')).not.toMatch(/ハナコ|サトウ/);
});
