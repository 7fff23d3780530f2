import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Engine } from '../../../src/detect/engine.ts';
import { explain } from '../../../src/detect/explain.ts';
import { loadPipelines } from '../../../src/detect/load-pipelines.ts';
import { sharedSigma } from './shared-sigma.ts';

/** Rules that may wait for values only an organization can give. */
const mostOff = 25;

const shared = sharedSigma();

/** Rule of the event → rule that matches it too → why that is right. */
type Explanations = Record<string, Record<string, string>>;
const explanations = parse(readFileSync(new URL('extra-matches.yml', import.meta.url), 'utf8')) as Explanations;

if (shared === undefined)
  describe('the rules of SigmaHQ', () => it.skip('are not looked at, as ../shared/data/sigma is missing', () => {}));
else
  describe('the rules of SigmaHQ', () => {
    const { rules, events } = shared;
    const pipelines = loadPipelines();
    const engine = new Engine(rules.rules, pipelines);
    const matrix = events.map(({ rule_id: own, event }) => ({
      own,
      ids: engine.match(event).map(({ rule }) => rule.id),
    }));
    const extras = matrix.flatMap(({ own, ids }) => ids.filter((id) => id !== own).map((id) => `${own} ${id}`));

    it('all load: none is an error, and a few wait for values', () => {
      expect(rules.problems.filter(({ state }) => state === 'error')).toEqual([]);
      expect(rules.problems.length).toBeLessThanOrEqual(mostOff);
      expect(rules.rules.length + rules.problems.length).toBe(3_780);
      expect(rules.warnings).toEqual([]);
    });

    it('each fire on the event published for them', () => {
      expect(matrix.filter(({ own, ids }) => !ids.includes(own))).toEqual([]);
      expect(matrix).toHaveLength(85);
    });

    it('match the other events as frozen', async () => {
      const lines = matrix.map(({ own, ids }, k) => `${k} ${own}: ${ids.toSorted().join(' ')}`);
      await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('golden/cross-matches.txt');
    });

    it('match no other event without an explanation, and no explanation is left over', () => {
      const explained = Object.entries(explanations).flatMap(([own, others]) =>
        Object.keys(others).map((id) => `${own} ${id}`),
      );
      expect([...new Set(extras)].toSorted()).toEqual(explained.toSorted());
    });

    it('match for the reasons that the plain reading of a rule finds', () => {
      const windows = pipelines.filter(({ name }) => name === 'windows');
      const byId = new Map(rules.rules.map((rule) => [rule.id, rule]));
      const doubted = matrix.flatMap(({ ids }, k) =>
        ids.filter((id) => {
          const [rule, event] = [byId.get(id), events[k]?.event];
          return rule === undefined || event === undefined || !explain(rule, event, windows).matches;
        }),
      );
      expect(doubted).toEqual([]);
    });
  });
