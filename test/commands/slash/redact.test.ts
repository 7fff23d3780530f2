import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/domain/canonical.ts';
import { createFacts } from '../../../src/store/facts.ts';
import { incidentInTest } from '../incident-in-test.ts';

const person = 'Hanako Sato';

/** Every row of every table as text, by table; the schema says which there are. */
async function tablesWith(rows: (sql: string) => Promise<Record<string, unknown>[]>, text: string): Promise<string[]> {
  const tables = await rows(
    `select table_name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'`,
  );
  expect(tables.length).toBeGreaterThan(20);
  const found: string[] = [];
  for (const { table_name: table } of tables) {
    const bytes = table === 'raw_record' ? ` || convert_from(t.content, 'UTF8')` : '';
    const [row] = await rows(
      `select count(*)::int as n from "${table}" t where strpos(lower(t::text${bytes}), lower('${text}')) > 0`,
    );
    if (row?.n !== 0) found.push(String(table));
  }
  return found;
}

describe('/redact', () => {
  it('takes a text out of every table but the ledger, in any case, and JSON stays JSON', async () => {
    await using t = await incidentInTest();
    await t.pipeline.take({
      title: `Odd login of ${person}`,
      severity: 'high',
      host: 'web-01',
      src_ip: '203.0.113.7',
      user: 'HANAKO SATO',
      note: { by: person, long: 12345678901234567890n.toString() },
    });
    await t.rows(`update incident set verdict_why = 'asked hanako sato'`);
    const before = await t.rows<{ hash: string; content: Buffer }>(
      'select content_hash as hash, content from raw_record order by id desc limit 1',
    );
    const said = await t.say('ken', `/redact ${person}`);
    expect(said).toMatch(
      /^done: take a text of 11 characters out: `\[redacted\]` stands for it now in: 1 raw records, 1 alerts, 1 incidents/,
    );
    expect(await tablesWith(t.rows, 'Hanako')).toEqual(['ledger']);
    const [after] = await t.rows<Record<string, unknown>>('select * from raw_record order by id desc limit 1');
    const content = after?.content as Buffer;
    expect(JSON.parse(content.toString())).toMatchObject({
      title: 'Odd login of [redacted]',
      note: { by: '[redacted]' },
    });
    expect(after).toMatchObject({
      original_hash: before[0]?.hash,
      content_hash: sha256(content),
      redacted_by: 'ken',
      redacted_at: t.now,
    });
    const [ledger] = await t.rows<{ body: string }>(`select body from ledger where kind = 'redaction'`);
    expect(JSON.parse(ledger?.body ?? '{}').records).toEqual([
      expect.objectContaining({ from: before[0]?.hash, to: sha256(content) }),
    ]);
    expect(ledger?.body).not.toContain('Hana');
  });

  it('finds what JSON writes in another way', async () => {
    await using t = await incidentInTest();
    await t.pipeline.receive('generic', [
      '{"title":"a \\u0022b c\\" d","severity":"high","src_ip":"203.0.113.7","log":"{\\"who\\":\\"b c\\"}"}',
    ]);
    await t.pipeline.run();
    expect(await t.say('ken', '/redact "b c"')).toContain('1 raw records');
    const [row] = await t.rows<{ content: Buffer }>('select content from raw_record order by id desc limit 1');
    expect(JSON.parse(row?.content.toString() ?? '').title).toBe('a [redacted] d');
  });

  it('takes an entity out, so that nothing joins over it any more, and says what acts on it', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, { type: 'ip', value: '203.0.113.7' });
    const said = await t.say('ken', '/redact 203.0.113.7');
    expect(said).toContain('**R1** act on it');
    expect(said).toMatch(/\*\*the ledger\*\*: \d+ rows hold it/);
    expect(await t.rows(`select value from alert_entity where type = 'ip'`)).toEqual([{ value: '[redacted]' }]);
    expect(await t.rows(`select key from incident_span where key like '%203%'`)).toEqual([]);
    expect(await t.rows('select target_value from recommendation')).toEqual([{ target_value: '203.0.113.7' }]);
  });

  it('takes a text with signs in it as it is written', async () => {
    await using t = await incidentInTest();
    await t.pipeline.take({ title: 'Odd a-b/c.d+(e)[f]{g}|h^i$j*k?\\l', severity: 'high', src_ip: '203.0.113.7' });
    for (const text of ['web-01', 'a-b/c.d+(e)[f]{g}|h^i$j*k?\\l'])
      expect(await t.say('ken', `/redact ${text}`), text).toMatch(/^done: .* stands for it now in/);
    expect(await t.rows(`select title from alert where title like 'Odd%'`)).toEqual([{ title: 'Odd [redacted]' }]);
  });

  it('leaves other incidents alone', async () => {
    await using t = await incidentInTest();
    await t.pipeline.take({ title: 'Quite another story of Hanako', severity: 'low', host: 'db-9' });
    expect(await t.say('ken', '/redact Hanako')).toContain('it stands nowhere in what Yagura keeps of this incident');
    expect(await t.rows(`select title from alert where title like '%Hanako%'`)).toHaveLength(1);
  });

  it('leaves webhooks of repositories alone that no alert of the incident is of', async () => {
    await using t = await incidentInTest();
    await t.rows(`update alert set scope = '{"repositoryId": 7}'`);
    await t.rows(`update raw_record set origin = '{"repository": 8}'`);
    await t.rows(
      `insert into delivery (guid, event, payload, received_at, outcome)
       select coalesce(r::text, 'none'), 'code_scanning_alert', jsonb_strip_nulls(jsonb_build_object('repositoryId', r,
         'payload', jsonb_build_object('alert', jsonb_build_object('message', '${person}'::text)))), now(), 'alert taken'
       from unnest(array[7, 8, 9, null]) as r`,
    );
    expect(await t.say('ken', `/redact ${person}`)).toContain('3 webhooks');
    expect(await t.rows(`select guid from delivery where payload::text like '%Hanako%'`)).toEqual([{ guid: '9' }]);
  });

  it('finds it in more rows than are looked at at a time', async () => {
    await using t = await incidentInTest();
    await t.rows(
      `insert into alert_entity (alert_id, type, value, role, found_in)
       select id, 'user', 'hanako sato ' || n, 'user', 'field' from alert, generate_series(1, 450) as n`,
    );
    await t.say('ken', `/redact ${person}`);
    expect(await t.rows(`select 1 from alert_entity where value like '%hanako%'`)).toEqual([]);
    expect(await t.rows(`select 1 from alert_entity where value like '[redacted] %'`)).toHaveLength(450);
  });

  it('tells whoever looks at the record who changed it, and when somebody did who did not say so', async () => {
    await using t = await incidentInTest();
    await t.say('ken', '/redact Login failures');
    const [alert] = await t.rows<{ id: string }>('select id from alert');
    const facts = createFacts(t.store);
    const kept = await facts.rawRecord(t.id, alert?.id ?? '');
    expect(kept).toMatchObject({ redactedBy: 'ken', redactedAt: t.now });
    expect(sha256(kept?.content ?? '')).toBe(kept?.hash);
  });

  it.each([
    ['/redact', 'say what is to go'],
    ['/redact abc', 'it is too short'],
    ['/redact 佐', 'it is too short'],
  ])('%s is refused: %s', async (comment, because) => {
    await using t = await incidentInTest();
    expect(await t.say('ken', comment)).toContain(because);
  });

  it('of two Japanese letters is a name', async () => {
    await using t = await incidentInTest();
    expect(await t.say('ken', '/redact 佐藤')).toMatch(/^done/);
  });
});
