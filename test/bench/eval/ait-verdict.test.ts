import { describe, expect, it } from 'vitest';
import { asWritten, inEnvelope, verdictFigures } from '../../../bench/eval/ait-verdict.ts';

const wazuh = (level: number, mitre: string[], attack: boolean) => ({
  product: 'wazuh',
  attack,
  alert: {
    rule: { id: '100', level, description: `rule of level ${level}`, mitre: { id: mitre } },
    agent: { name: `agent-${level}`, ip: `10.0.0.${level}` },
    '@timestamp': '2026-03-01T10:00:00.000000Z',
  },
});
const aminer = {
  product: 'aminer',
  attack: false,
  alert: {
    AnalysisComponent: { AnalysisComponentName: 'AMiner: New event type.' },
    LogData: { DetectionTimestamp: [1_772_000_000] },
  },
};

describe('the figures of the score', () => {
  it('count what the source cannot read, and what the envelope gives back', () => {
    const labelled = [wazuh(15, ['T1505.003'], true), wazuh(3, [], false), aminer];
    expect(verdictFigures(labelled, asWritten)).toMatchObject({ alerts: 3, unread: 1 });
    expect(verdictFigures(labelled, inEnvelope)).toMatchObject({ alerts: 3, unread: 0 });
  });

  it('are 1 for answers that are all right, 0 for the same answers on the opposite labels', () => {
    const right = [wazuh(15, ['T1505.003'], true), wazuh(3, [], false)];
    const swapped = right.map((one) => ({ ...one, attack: !one.attack }));
    expect(verdictFigures(right, inEnvelope)).toMatchObject({ decided: 1, forced: 1, strict: 1, abstained: 0 });
    expect(verdictFigures(swapped, inEnvelope)).toMatchObject({ decided: 0, forced: 0, strict: 0, abstained: 0 });
  });

  it('count an abstention as no answer, and in the strict figure as a wrong one', () => {
    const labelled = [wazuh(15, ['T1505.003'], true), wazuh(8, [], true), wazuh(3, [], false)];
    expect(verdictFigures(labelled, inEnvelope)).toMatchObject({ abstained: 1, decided: 1, strict: 0.75 });
  });
});
