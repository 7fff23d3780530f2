import { describe, expect, it } from 'vitest';
import { type Locale, languages } from '../../src/domain/locale.ts';
import type { Digest, Inventory, ListedIncident, ObservedIncident } from '../../src/domain/quiet-lists.ts';
import { digestLimits, heldComment, renderDigest } from '../../src/publish/digest.ts';
import { inventoryLimits, renderInventory } from '../../src/publish/inventory.ts';
import { wouldHavePart } from '../../src/publish/would-have.ts';
import { policyOf } from '../commands/incident-in-test.ts';
import { activeIn } from './active-markdown.ts';
import { attacks } from './attacks.ts';
import { at, ownTitle } from './views.ts';

const japan: Locale = { language: 'en', timeZone: 'Asia/Tokyo' };
const golden = (language: string, name: string) => `golden/${language === 'en' ? '' : 'ja/'}${name}.md`;
/** Characters GitHub takes in a body. */
const bodyLimit = 65_536;

function listed(number: number, given: Partial<ListedIncident> = {}): ListedIncident {
  return {
    number: String(number),
    kind: 'vulnerability',
    pressing: false,
    severity: 'high',
    title: 'left-pad-plus lets a request crash the process',
    product: 'GitHub Dependabot',
    place: 'acme/shop',
    since: at(number * 60),
    ...given,
  };
}

const inventory: Inventory = {
  total: 1200,
  settled: 14,
  severities: [
    { severity: 'medium', count: 700 },
    { severity: 'low', count: 346 },
    { severity: 'high', count: 120 },
    { severity: 'critical', count: 34 },
  ],
  kinds: [
    { kind: 'vulnerability', count: 1100 },
    { kind: 'leaked-secret', count: 100 },
  ],
  ages: [
    { below: 7, count: 20 },
    { below: 90, count: 180 },
    { below: undefined, count: 1000 },
  ],
  places: [
    { name: 'acme/shop', counts: { critical: 30, high: 70, low: 300 }, oldest: at(-86_400 * 400) },
    { name: 'acme-labs/infra', counts: { critical: 4, high: 50, medium: 700, low: 46 }, oldest: at(-86_400 * 90) },
  ],
  placesTotal: 40,
  incidents: [
    listed(12, {
      kind: 'leaked-secret',
      severity: 'critical',
      ...ownTitle((words) => words.secret('Acme Payments live key', 'acme/shop')),
      product: 'GitHub secret scanning',
    }),
    listed(13),
  ],
  incidentsTotal: 1180,
};

const digest: Digest = {
  held: [
    listed(21, {
      kind: 'threat',
      severity: 'critical',
      title: 'Crypto miner started',
      product: 'Falco',
      place: 'web-01',
    }),
    listed(22, {
      kind: 'threat',
      severity: 'medium',
      title: 'Login from a new country',
      product: 'Okta',
      place: 'hana',
    }),
  ],
  heldCounts: [
    { severity: 'medium', count: 1 },
    { severity: 'critical', count: 1 },
  ],
  groups: [
    { title: 'Port scan', product: 'Falco', severity: 'low', incidents: 24, alerts: 310, numbers: ['31', '32', '33'] },
    {
      ...ownTitle((words) => words.ruleset('main-only', 'acme/shop', 'harmless')),
      ...{ product: 'GitHub', severity: 'informational', incidents: 1, alerts: 1, numbers: ['40'] },
    },
  ],
  groupsTotal: 2,
  lowTotal: 25,
  settled: 2,
  opened: [
    { number: '20', issue: 7 },
    { number: '23', issue: undefined },
  ],
  openedTotal: 2,
};

const nothing: Digest = {
  ...digest,
  held: [],
  heldCounts: [],
  groups: [],
  groupsTotal: 0,
  lowTotal: 0,
  opened: [],
  openedTotal: 0,
  settled: 0,
};

const observed: ObservedIncident[] = [
  {
    number: '20',
    issue: 7,
    stands: 'issue',
    kind: 'threat',
    pressing: false,
    severity: 'high',
    title: 'Login failures',
    nothing: false,
    proposed: [{ action: 'block', target: { type: 'ip', value: '203.0.113.7' }, rule: 'block-address' }],
  },
  {
    number: '23',
    issue: undefined,
    stands: 'issue',
    kind: 'vulnerability',
    pressing: false,
    severity: 'medium',
    ...ownTitle((words) => words.vulnerable('left-pad-plus', 'GHSA-1111-2222-3333')),
    nothing: false,
    proposed: [],
  },
];

describe('the inventory', () => {
  it.each(languages)('counts what was open already, and says how to give it an issue, in %s', async (language) => {
    const { title, body } = renderInventory(inventory, '', { ...japan, language });
    await expect(`Title: ${title}\n\n${body}\n`).toMatchFileSnapshot(golden(language, 'inventory'));
  });

  it('says that nothing of it is left', () => {
    const none = { ...inventory, total: 0, incidents: [], places: [], placesTotal: 0, incidentsTotal: 0 };
    expect(renderInventory(none, '', japan).body).toMatch(
      /^⚪ \*\*Nothing of it is open any more\.\*\*\n\n14 fixed or dismissed/,
    );
  });

  it.each(attacks)('shows %s as text', (_, attack) => {
    const incidents = [listed(12, { title: attack, product: attack, place: attack })];
    const places = [{ name: attack, counts: { high: 1 }, oldest: at(0) }];
    expect(activeIn(renderInventory({ ...inventory, incidents, places }, '', japan).body, [])).toEqual([]);
  });

  it('fits into an issue when every list is full of long names', () => {
    const long = '`'.repeat(300);
    const incidents = Array.from({ length: inventoryLimits.incidents }, (_, k) =>
      listed(1e9 + k, { title: long, product: long, place: long }),
    );
    const places = Array.from({ length: inventoryLimits.places }, () => ({
      name: long,
      counts: { critical: 1e6, high: 1e6, medium: 1e6, low: 1e6, informational: 1e6, unknown: 1e6 },
      oldest: at(0),
    }));
    for (const language of languages)
      expect(renderInventory({ ...inventory, incidents, places }, '', { ...japan, language }).body.length).toBeLessThan(
        bodyLimit,
      );
  });
});

describe('the digest', () => {
  it.each(languages)('says first what was held back, then what is low by rule, in %s', async (language) => {
    const { title, body } = renderDigest('2026-03-01', 'digest:2026-03-01:', digest, { ...japan, language });
    await expect(`Title: ${title}\n\n${body}\n`).toMatchFileSnapshot(golden(language, 'digest'));
  });

  it.each(languages)('says in mode observe what would have been told, proposed and run, in %s', async (language) => {
    const mention = { severity: 'high' as const, who: ['acme/soc-responders'] };
    const policy = policyOf({ language, mode: 'observe', observed: { mention, notifications: [] } });
    const part = wouldHavePart(observed, 2, policy);
    const { title, body } = renderDigest(
      '2026-03-01',
      'digest:2026-03-01:',
      { ...nothing, opened: [], openedTotal: 2 },
      policy,
      part,
    );
    await expect(`Title: ${title}\n\n${body}\n`).toMatchFileSnapshot(golden(language, 'digest-observe'));
  });

  it.each<[string, Partial<ObservedIncident>, string]>([
    ['a critical one held back', { stands: 'digest', severity: 'critical' }, 'told acme/soc'],
    ['a vulnerability that is exploited and exposed', { kind: 'vulnerability', pressing: true }, 'told acme/soc'],
    ['any other vulnerability', { kind: 'vulnerability' }, 'nobody told, nothing proposed'],
  ])('says in mode observe whom %s would have been told to', (_, given, would) => {
    const policy = policyOf({
      mode: 'observe',
      observed: { mention: { severity: 'high', who: ['acme/soc'] }, notifications: [] },
    });
    const one = { ...(observed[0] as ObservedIncident), proposed: [], ...given };
    expect(wouldHavePart([one], 1, policy)).toMatch(new RegExp(`: ${would}$`));
  });

  it('is calm when nothing was held back', () => {
    expect(renderDigest('2026-03-01', 'digest:2026-03-01:', { ...nothing, lowTotal: 3 }, japan).body).toMatch(/^⚪/);
  });

  it.each(attacks)('shows %s as text', (_, attack) => {
    const held = [listed(12, { title: attack, product: attack, place: attack })];
    const groups = [
      { title: attack, product: attack, severity: 'low' as const, incidents: 1, alerts: 2, numbers: ['3'] },
    ];
    const part = wouldHavePart([{ ...(observed[0] as ObservedIncident), title: attack }], 1, policyOf());
    const { body } = renderDigest('2026-03-01', 'k', { ...digest, held, groups }, japan, part);
    expect(activeIn(body, [7])).toEqual([]);
  });

  it('fits into an issue when every list is full of long names', () => {
    const long = '`'.repeat(300);
    const held = Array.from({ length: digestLimits.held }, (_, k) =>
      listed(1e9 + k, { title: long, product: long, place: long }),
    );
    const numbers = Array.from({ length: digestLimits.numbers }, (_, k) => String(1e9 + k));
    const group = {
      title: long,
      product: long,
      severity: 'informational' as const,
      incidents: 1e6,
      alerts: 1e6,
      numbers,
    };
    const groups = Array.from({ length: digestLimits.groups }, () => group);
    const target = { type: 'url' as const, value: `https://${'a'.repeat(300)}.example` };
    const proposed = Array.from({ length: 4 }, () => ({ action: 'block', target, rule: 'block-address' }));
    const many = Array.from({ length: digestLimits.observed }, () => ({
      ...(observed[0] as ObservedIncident),
      title: long,
      proposed,
    }));
    for (const language of languages) {
      const policy = policyOf({ language });
      const part = wouldHavePart(many, 1e6, policy);
      const { body } = renderDigest('2026-03-01', 'k', { ...digest, held, groups, groupsTotal: 1e6 }, policy, part);
      expect(body.length).toBeLessThan(bodyLimit);
    }
  });

  it('mentions only whom policy names for a critical threat held back', () => {
    const policy = policyOf({ mention: { severity: 'high', who: ['ken'] } });
    expect(heldComment(digest, policy)).toMatch(
      /^\*\*Held back: 1 critical\.\*\* .*`\/adopt 21`\.\n\nFor @ken by policy\.$/,
    );
    expect(heldComment(digest, { ...policy, mode: 'observe' })).toBeUndefined();
    expect(heldComment({ ...digest, held: digest.held.slice(1) }, policy)).toBeUndefined();
    const weak = digest.held.map((one) => ({ ...one, kind: 'vulnerability' as const }));
    expect(heldComment({ ...digest, held: weak }, policy)).toBeUndefined();
    const pressing = weak.map((one) => ({ ...one, pressing: true }));
    expect(heldComment({ ...digest, held: pressing }, policy)).toContain('@ken');
  });
});
