import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/domain/policy.ts';
import { proposals } from '../../src/respond/proposals.ts';
import { blockRule, policyOf } from '../commands/incident-in-test.ts';
import { cryptomining } from '../publish/stories.ts';

/** Proposals for the mining story as `action target on resources`. */
function proposed(policy: Partial<Policy> = {}, view = cryptomining(), without: string[] = []): string[] {
  const unavailable = new Map(without.map((id) => [id, { en: 'it is down', ja: '停止中' }]));
  return proposals(view, policyOf(policy), new Set(['block']), unavailable).map(
    (p) => `${p.action} ${p.target.value} on ${p.resources.join('+')}`,
  );
}

describe('proposals', () => {
  it('are one for each target that a rule means, with the evidence about it', () => {
    expect(proposed()).toEqual([
      'block 203.0.113.7 on edge+fw-b',
      'block 198.51.100.9 on edge+fw-b',
      'block pool.mine.example on edge+fw-b',
    ]);
    const found = proposals(cryptomining(), policyOf(), new Set(['block']));
    expect(found.map((p) => p.evidence)).toEqual([['E5'], ['E3'], ['E5']]);
  });

  it.each<[string, Partial<Policy>, string[]]>([
    [
      'what must never be blocked',
      { neverBlock: ['203.0.113.0/24', 'mine.example'] },
      ['block 198.51.100.9 on edge+fw-b'],
    ],
    [
      'other types than the rule’s',
      { responses: [blockRule({ entity: ['domain'] })] },
      ['block pool.mine.example on edge+fw-b'],
    ],
    [
      'what the rule’s own condition does not mean',
      { responses: [blockRule({ when: { entity: { type: 'ip', value: ['198.51.100.0/24'] } } })] },
      ['block 198.51.100.9 on edge+fw-b'],
    ],
    [
      'alerts the rule does not mean',
      { responses: [blockRule({ when: { title: ['PHP*'] } })] },
      ['block 198.51.100.9 on edge+fw-b'],
    ],
    ['a rule that only observes', { responses: [blockRule({ autonomy: 'observe' })] }, []],
    ['an action no connector has', { responses: [blockRule({ action: 'isolate' })] }, []],
    ['anything without a rule', { responses: [] }, []],
  ])('leave out %s', (_, policy, expected) => {
    expect(proposed(policy)).toEqual(expected);
  });

  it('are two for a target that two rules mean on different resources, each with its own rule', () => {
    const responses = [
      blockRule({ resources: ['edge'], when: { title: ['PHP*'] } }),
      blockRule({ id: 'block-inside', resources: ['edge', 'core'], duration: 3600, because: 'It is inside.' }),
    ];
    expect(proposed({ responses })).toEqual([
      'block 198.51.100.9 on edge',
      'block 203.0.113.7 on edge+core',
      'block 198.51.100.9 on core',
      'block pool.mine.example on edge+core',
    ]);
    const found = proposals(cryptomining(), policyOf({ responses }), new Set(['block']));
    const twice = found.filter((p) => p.target.value === '198.51.100.9');
    expect(twice.map((p) => [p.rule, p.duration, p.because])).toEqual([
      ['block-address', 86_400, 'It attacks us.'],
      ['block-inside', 3600, 'It is inside.'],
    ]);
  });

  it('are one for a target that two rules mean on the same resources: that of the first', () => {
    const responses = [blockRule(), blockRule({ id: 'second', autonomy: 'auto' })];
    expect(proposals(cryptomining(), policyOf({ responses }), new Set(['block'])).map((p) => p.rule)).toEqual(
      Array(3).fill('block-address'),
    );
  });

  it('leave out resources that do not work here, and rules with none left', () => {
    expect(proposed({}, undefined, ['fw-b'])[0]).toBe('block 203.0.113.7 on edge');
    expect(proposed({}, undefined, ['edge', 'fw-b'])).toEqual([]);
  });

  it('never take a target that was only found in text, or of a closed incident', () => {
    const view = cryptomining();
    const inText = { ...view, entities: view.entities.map((e) => ({ ...e, from: 'text' as const })) };
    expect(proposed({}, inText)).toEqual([]);
    expect(proposed({}, { ...view, incident: { ...view.incident, status: 'closed' } })).toEqual([]);
  });

  it('follow the severity the incident has, also when a person set it', () => {
    const responses = [blockRule({ when: { severity: 'high' } })];
    expect(proposed({ responses })).toHaveLength(3);
    const view = cryptomining();
    expect(proposed({ responses }, { ...view, incident: { ...view.incident, severity: 'low' } })).toEqual([]);
  });
});
