import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/domain/canonical.ts';
import type { EvidenceOutcome } from '../../src/domain/evidence.ts';
import type { Language } from '../../src/domain/locale.ts';
import type { ContextEntry } from '../../src/domain/policy.ts';
import type { Tool } from '../../src/investigate/tool.ts';
import { loadPlugins } from '../../src/plugins.ts';
import type { ClosedIncident, Facts, KeptRecord } from '../../src/ports/facts.ts';
import { sentence } from '../../src/publish/sentence.ts';
import { policyOf } from '../commands/incident-in-test.ts';
import { cryptomining } from '../publish/stories.ts';

const tools = await loadPlugins<Tool>(new URL('../../tools/', import.meta.url));
const { incident, alerts, entities, now } = cryptomining();
const nothing: Facts = {
  alertsOf: async () => ({ total: 0, alerts: [] }),
  closedIncidents: async () => [],
  rawRecord: async () => undefined,
};

function entry(given: Partial<ContextEntry>): ContextEntry {
  const origin = { path: 'context/x.md', line: 1 };
  return { kind: 'asset', name: 'X', entities: [], cidr: [], shared: false, body: 'prose', origin, ...given };
}

const context = [
  entry({ kind: 'network', name: 'Office', cidr: ['10.20.0.0/16'], origin: { path: 'context/office.md', line: 2 } }),
  entry({ name: 'Shop', entities: [{ type: 'host', value: 'web-01' }], owner: 'mika', criticality: 'critical' }),
];

/** What a tool says: `outcome: sentence`. */
async function say(
  name: string,
  given: unknown,
  facts: Partial<Facts> = {},
  language: Language = 'en',
): Promise<string> {
  const { outcome, summary } = await ask(name, given, facts, language);
  return `${outcome}: ${sentence(summary)}`;
}

async function ask(name: string, given: unknown, facts: Partial<Facts> = {}, language: Language = 'en') {
  const tool = tools.get(name);
  if (!tool) throw new Error(`no tool ${name}`);
  const policy = policyOf({ context });
  return tool.run(tool.args.parse(given), {
    incident,
    alerts,
    entities,
    policy,
    facts: { ...nothing, ...facts },
    language,
    now,
  });
}

describe('address-owner', () => {
  it.each<[string, EvidenceOutcome, string]>([
    ['10.20.1.5', 'found', '`10.20.1[.]5` is ours: Office, context/office.md'],
    ['10.99.1.5', 'found', 'is a private address, not one of the public internet'],
    ['127.0.0.1', 'found', 'is a loopback address'],
    ['203.0.113.7', 'found', 'is a documentation address'],
    ['2001:db8::1', 'found', 'is a documentation address'],
    ['8.8.8.8', 'could-not-look', 'a public address, and no lookup service is connected'],
  ])('%s: %s, %s', async (value, outcome, because) => {
    const said = await say('address-owner', { entity: { type: 'ip', value } });
    expect(said.startsWith(`${outcome}: `)).toBe(true);
    expect(said).toContain(because);
  });
});

describe('organization-context', () => {
  it('tells what is written about an entity, by name or by network, or that nothing is', async () => {
    expect(await say('organization-context', { entity: { type: 'host', value: 'web-01' } })).toBe(
      'found: `web-01` is asset Shop (criticality critical, owner mika), context/x.md',
    );
    expect(await say('organization-context', { entity: { type: 'ip', value: '10.20.7.7' } })).toContain(
      'network Office',
    );
    expect(await say('organization-context', { entity: { type: 'user', value: 'jo' } })).toBe(
      'nothing: context/ says nothing about `jo`',
    );
  });
});

describe('entity-alerts', () => {
  it('counts alerts of other incidents, the latest named with its issue', async () => {
    const alert = { title: 'Old', product: 'p', time: now, issue: 4 };
    const entity = { type: 'ip', value: '203.0.113.7' };
    expect(await say('entity-alerts', { entity })).toBe('nothing: no other incident has `203.0.113[.]7`');
    expect(await say('entity-alerts', { entity }, { alertsOf: async () => ({ total: 1, alerts: [alert] }) })).toBe(
      'found: `203.0.113[.]7` is in 1 alert of other incidents, the last: `Old` in #4',
    );
    const unpublished = { ...alert, issue: null };
    expect(
      await say('entity-alerts', { entity }, { alertsOf: async () => ({ total: 3, alerts: [unpublished] }) }),
    ).toBe('found: `203.0.113[.]7` is in 3 alerts of other incidents, the last: `Old`');
  });
});

describe('raw-record', () => {
  const record = { id: '5', source: 'falco', receivedAt: now, hash: 'ab'.repeat(32) };

  it('keeps the beginning of the record as untrusted evidence, secrets masked', async () => {
    const content = Buffer.from(`{"cmd":"login password=correcthorse"}${'x'.repeat(50_000)}`);
    const found = await ask('raw-record', { alert: '31' }, { rawRecord: async () => ({ ...record, content }) });
    expect(found.trust).toBe('untrusted');
    const { text } = found.result as { text: string };
    expect(text).toContain('[secret removed]');
    expect(text).not.toContain('correcthorse');
    expect(text.length).toBeLessThanOrEqual(8000);
  });

  it('says of the record whether it is what was stored, and who took a text out of it', async () => {
    const content = Buffer.from('{}');
    const whole = { ...record, content, hash: sha256(content) };
    const redacted = { ...whole, redactedBy: 'ken', redactedAt: now };
    const told = (kept: KeptRecord) => say('raw-record', { alert: '31' }, { rawRecord: async () => kept });
    expect(await told(whole)).toMatch(/sha256 [0-9a-f]{12}$/);
    expect(await told(redacted)).toContain(`redacted by ken at ${now.toISOString()}`);
    expect(await told({ ...redacted, hash: record.hash })).toContain('changed since it was stored');
  });

  it('never ends inside a character, whatever stands at the cut', async () => {
    const content = Buffer.from(`${'x'.repeat(7999)}😀 and more`);
    const { result } = await ask('raw-record', { alert: '31' }, { rawRecord: async () => ({ ...record, content }) });
    expect((result as { text: string }).text.isWellFormed()).toBe(true);
  });

  it('could not look when the record is gone', async () => {
    expect(await say('raw-record', { alert: '31' })).toMatch(/^could-not-look: .*not in the store any more/);
  });
});

describe('similar-incidents', () => {
  const closed = (id: string, text: string, given: Partial<ClosedIncident> = {}): ClosedIncident => ({
    id,
    issue: Number(id),
    title: text,
    verdict: 'true-positive',
    why: 'rebuilt',
    closedAt: now,
    text,
    ...given,
  });
  const same = closed(
    '3',
    alerts.map((a) => `${a.title} ${a.rule}`).join(' ') + entities.map((e) => e.value).join(' '),
  );
  const others = Array.from({ length: 20 }, (_, k) => closed(`${k + 10}`, `Printer ${k} is out of paper`));

  it('finds the one that reads the same among those that do not, and says what people decided', async () => {
    const facts = { closedIncidents: async () => [...others, same] };
    expect(await say('similar-incidents', {}, facts)).toBe('found: similar: #3 closed as true positive');
  });

  it('finds a Japanese one by its words, among others in Japanese', async () => {
    const titles = ['複合機の用紙切れ', 'プリンタートナー残量低下', '証明書の期限が近づいています', 'バックアップ完了'];
    const many = Array.from({ length: 20 }, (_, k) => closed(`${k + 10}`, `${titles[k % 4]} ${k}号機`));
    const miner = closed('4', '暗号資産の採掘プログラムを検知しました: 経理サーバーで外部の採掘プールへ接続', {
      verdict: 'false-positive',
    });
    const ours = alerts.map((a) => ({ ...a, title: '採掘ﾌﾟﾛｸﾞﾗﾑが経理ｻｰﾊﾞｰから採掘プールに接続' }));
    const tool = tools.get('similar-incidents');
    const given = { incident, alerts: ours, entities: [], policy: policyOf(), language: 'ja' as const, now };
    const facts = { ...nothing, closedIncidents: async () => [...many, miner] };
    const answer = await tool?.run({}, { ...given, facts });
    expect(sentence(answer?.summary ?? [])).toBe('類似: #4 は「誤検知」としてクローズ');
  });

  it('tells nothing to compare with from nothing alike', async () => {
    expect(await say('similar-incidents', {})).toBe('nothing: no incident was closed yet to compare with');
    expect(await say('similar-incidents', {}, { closedIncidents: async () => others })).toBe(
      'nothing: none of 20 closed incidents reads like this one',
    );
  });
});
