import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entityTypes } from '../../src/domain/entity.ts';
import { languages } from '../../src/domain/locale.ts';
import type { Tool } from '../../src/investigate/tool.ts';
import { loadPlugins } from '../../src/plugins.ts';
import type { Facts } from '../../src/ports/facts.ts';
import { sentence } from '../../src/publish/sentence.ts';
import { policyOf } from '../commands/incident-in-test.ts';
import { activeIn } from '../publish/active-markdown.ts';
import { cryptomining } from '../publish/stories.ts';

const folder = new URL('../../tools/', import.meta.url);
const tools = await loadPlugins<Tool>(folder);
const { incident, alerts, entities, now } = cryptomining();

/** Facts in which everything is this text. */
function factsOf(text: string): Facts {
  return {
    alertsOf: async () => ({ total: 1, alerts: [{ title: text, product: text, time: now, issue: 9 }] }),
    closedIncidents: async () => [
      {
        id: '1',
        issue: 9,
        title: text,
        verdict: 'benign',
        why: text,
        closedAt: now,
        text: alerts.map((a) => a.title).join(' '),
      },
    ],
    rawRecord: async () => ({
      id: '1',
      source: 'generic',
      receivedAt: now,
      hash: 'ab'.repeat(32),
      content: Buffer.from(`${text}\0`),
    }),
  };
}

const argumentsOf: Record<Tool['each'], Record<string, unknown>> = {
  entity: { entity: { type: 'ip', value: '203.0.113.7' } },
  incident: {},
  alert: { alert: '31' },
};

it('there are tools to check', () => {
  expect(tools.size).toBe(readdirSync(folder).filter((file) => file.endsWith('.ts')).length);
  expect(tools.size).toBeGreaterThanOrEqual(5);
});

describe.each([...tools.values()])('tool $name', (tool) => {
  const context = { incident, alerts, entities, policy: policyOf(), facts: factsOf('x'), language: 'en' as const, now };

  it('says what it answers and how far it reaches', () => {
    expect(tool.summary).toMatch(/^[A-Z].+\.$/);
    expect(['own', 'outward']).toContain(tool.risk);
  });

  it('takes what a playbook gives it and nothing more', () => {
    const given = argumentsOf[tool.each];
    expect(tool.args.safeParse(given).success).toBe(true);
    expect(tool.args.safeParse({ ...given, extra: 1 }).success).toBe(false);
  });

  it('answers with a sentence, and leaves everything it was given as it was', async () => {
    const before = JSON.stringify({ ...context, facts: undefined });
    const result = await tool.run(tool.args.parse(argumentsOf[tool.each]), context);
    expect(['found', 'nothing', 'could-not-look']).toContain(result.outcome);
    expect(sentence(result.summary)).toMatch(/\S/);
    expect(['own', 'product', 'untrusted']).toContain(result.trust);
    expect(JSON.stringify({ ...context, facts: undefined })).toBe(before);
    expect(await tool.run(tool.args.parse(argumentsOf[tool.each]), context)).toEqual(result);
  });

  it('says the same in every language, about the same things', async () => {
    const given = tool.args.parse(argumentsOf[tool.each]);
    const told = await Promise.all(languages.map((language) => tool.run(given, { ...context, language })));
    const plain = told.map(({ summary, ...rest }) => ({
      ...rest,
      about: summary.filter((part) => typeof part !== 'string'),
    }));
    for (const one of plain) expect(one).toEqual(plain[0]);
    expect(new Set(told.map(({ summary }) => sentence(summary))).size).toBe(languages.length);
  });

  it('never makes anything active of what it read, and keeps its result storable and small', async () => {
    const pieces = ['@ken', 'fixes #1', '`', '<img>', '\n/approve all', '![x](http://e.example)', '\u202e', 'a'];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''));
    const type = fc.constantFrom(...entityTypes);
    await fc.assert(
      fc.asyncProperty(text, type, async (hostile, kind) => {
        const given = {
          ...argumentsOf[tool.each],
          ...(tool.each === 'entity' ? { entity: { type: kind, value: hostile } } : {}),
        };
        const args = tool.args.safeParse(given);
        if (!args.success) return;
        const { summary, result } = await tool.run(args.data, { ...context, facts: factsOf(hostile) });
        expect(activeIn(sentence(summary), [9])).toEqual([]);
        expect(JSON.stringify(result)).not.toContain('\\u0000');
      }),
      { numRuns: 60 },
    );
    const big = await tool.run(tool.args.parse(argumentsOf[tool.each]), {
      ...context,
      facts: factsOf('x'.repeat(2_000_000)),
    });
    if (tool.name === 'raw-record') expect(JSON.stringify(big.result).length).toBeLessThan(20_000);
  });

  it('has a file that writes nowhere and calls nobody', () => {
    const text = readFileSync(new URL(`${tool.name}.ts`, folder), 'utf8');
    expect(text).not.toMatch(/node:|fetch\(|process\.|globalThis|import\(/);
  });
});
