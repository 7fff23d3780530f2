import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AlertEntity, entityTypes } from '../../src/domain/entity.ts';
import { askTool } from '../../src/investigate/ask-tool.ts';
import type { Tool, ToolContext } from '../../src/investigate/tool.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import { alertView, at, viewOf } from '../publish/views.ts';

const entityShape = z.object({ type: z.enum(entityTypes), value: z.string() });

/** A tool that reaches outside, and what it was told. */
function lookup(risk: Tool['risk'], told: unknown[]): Tool {
  return {
    name: 'reputation',
    summary: 'What others say of an address or a name.',
    risk,
    each: 'entity',
    args: z.looseObject({ entity: entityShape.optional() }),
    async run(args) {
      told.push(args);
      return { outcome: 'nothing', summary: ['nothing known'], result: null, trust: 'product' };
    },
  };
}

const named: AlertEntity[] = [
  { type: 'ip', value: '8.8.4.4', role: 'source', from: 'field' },
  { type: 'domain', value: 'evil.com', role: 'domain', from: 'text' },
  { type: 'ip', value: '10.0.0.5', role: 'source', from: 'field' },
  { type: 'user', value: 'ken', role: 'user', from: 'field' },
];

async function asked(args: Record<string, unknown>, risk: Tool['risk'] = 'outward') {
  const told: unknown[] = [];
  const view = viewOf([alertView('1', { title: 'x', entities: named })]);
  const { incident, alerts, entities } = view;
  const policy = safeDefaults('acme/soc-config');
  const facts = {} as ToolContext['facts'];
  const context: ToolContext = { incident, alerts, entities, policy, facts, language: 'en', now: at(0) };
  const tools = new Map([['reputation', lookup(risk, told)]]);
  const { outcome, summary } = await askTool({ tool: 'reputation', args }, tools, context);
  return { told, outcome, summary: summary.join('') };
}

describe('a tool that reaches outside', () => {
  it('is told a public address that a typed field of an alert has', async () => {
    const entity = { type: 'ip', value: '8.8.4.4' };
    expect(await asked({ entity })).toMatchObject({ told: [{ entity }], outcome: 'nothing' });
  });

  it.each([
    ['a name that stands only in text', { type: 'domain', value: 'evil.com' }, /free text/],
    ['an inside address', { type: 'ip', value: '10.0.0.5' }, /public internet/],
    ['a user', { type: 'user', value: 'ken' }, /not looked up outside/],
    ['a name nobody named', { type: 'domain', value: 'hunter2.evil.com' }, /no entity of this incident/],
  ])('is not told %s, and the evidence says why', async (_, entity, why) => {
    const { told, outcome, summary } = await asked({ entity });
    expect(told).toEqual([]);
    expect(outcome).toBe('could-not-look');
    expect(summary).toMatch(why);
  });

  it('is not asked without an entity', async () => {
    expect(await asked({ text: 'hunter2' })).toMatchObject({ told: [], outcome: 'could-not-look' });
  });

  it('would be told all of it, were it taken for one that stays inside', async () => {
    const entity = { type: 'domain', value: 'hunter2.evil.com' };
    expect((await asked({ entity }, 'own')).told).toEqual([{ entity }]);
  });
});
