import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Playbook, Policy } from '../../src/domain/policy.ts';
import { type InvestigationInput, investigateDeterministically } from '../../src/investigate/deterministic.ts';
import type { Tool } from '../../src/investigate/tool.ts';
import { loadPlugins } from '../../src/plugins.ts';
import type { Facts } from '../../src/ports/facts.ts';
import { sentence } from '../../src/publish/sentence.ts';
import { policyOf } from '../commands/incident-in-test.ts';
import { cryptomining, knownScanner } from '../publish/stories.ts';
import { alertView, viewOf } from '../publish/views.ts';

const tools = await loadPlugins<Tool>(new URL('../../tools/', import.meta.url));

const facts: Facts = {
  alertsOf: async () => ({ total: 0, alerts: [] }),
  closedIncidents: async () => [],
  rawRecord: async () => undefined,
};

function playbook(id: string, steps: Playbook['steps'], when: Playbook['when'] = {}): Playbook {
  return { id, when, steps, questions: [], body: '', origin: { path: `playbooks/${id}.md`, line: 1 } };
}

function inputOf(view = cryptomining(), policy: Partial<Policy> = {}, more: Partial<InvestigationInput> = {}) {
  const { incident, alerts, alertTotal, entities, now } = view;
  const asked = { incident, alerts, alertTotal, entities, evidence: [], facts, tools, now, policy: policyOf(policy) };
  return { ...asked, language: 'en' as const, ...more };
}

const contextAndAlerts = playbook('both', [
  { tool: 'organization-context', each: ['host', 'ip'], args: {} },
  { tool: 'entity-alerts', each: ['ip'], args: {} },
  { tool: 'similar-incidents', each: 'incident', args: {} },
  { tool: 'raw-record', each: 'alert', args: {} },
]);

describe('the plan', () => {
  it('is that of the first playbook that means an alert of the incident', async () => {
    const playbooks = [
      playbook('wrong', [], { title: ['*ransom*'] }),
      playbook('right', [], { title: ['*miner*'] }),
      playbook('later', []),
    ];
    expect((await investigateDeterministically(inputOf(undefined, { playbooks }))).report.playbook).toBe('right');
    expect((await investigateDeterministically(inputOf())).report.playbook).toBe('none');
  });

  it('asks once for each entity of a type, once for the incident and once for each alert', async () => {
    const { evidence } = await investigateDeterministically(inputOf(undefined, { playbooks: [contextAndAlerts] }));
    expect(evidence.map((e) => `${e.id} ${e.tool} ${e.outcome}`)).toEqual([
      'E1 organization-context nothing',
      'E2 organization-context nothing',
      'E3 organization-context nothing',
      'E4 entity-alerts nothing',
      'E5 entity-alerts nothing',
      'E6 similar-incidents nothing',
      'E7 raw-record could-not-look',
      'E8 raw-record could-not-look',
      'E9 raw-record could-not-look',
    ]);
  });

  it('is asked within a budget, and what was not asked is said, unlike what was found to be nothing', async () => {
    const alerts = Array.from({ length: 40 }, (_, k) =>
      alertView(`${k}`, {
        title: `a${k}`,
        entities: [{ type: 'ip', value: `203.0.113.${k}`, role: 'x', from: 'field' }],
      }),
    );
    const step = { tool: 'entity-alerts', each: ['ip' as const], args: {} };
    const steps = Array.from({ length: 7 }, (_, k) => ({ ...step, tool: k < 6 ? 'entity-alerts' : 'address-owner' }));
    const input = inputOf(viewOf(alerts), { playbooks: [playbook('big', steps)] });
    const { evidence } = await investigateDeterministically(input);
    const said = evidence.filter((e) => e.tool === 'budget').map((e) => sentence(e.summary));
    expect(said).toEqual(['220 more questions of the playbook: the budget of one investigation ran out']);
    expect(evidence.filter((e) => e.outcome === 'nothing')).toHaveLength(12);
  });
});

describe('evidence', () => {
  it('is recorded once: the same answer again is the evidence there is', async () => {
    const first = await investigateDeterministically(inputOf(undefined, { playbooks: [contextAndAlerts] }));
    const again = await investigateDeterministically(
      inputOf(undefined, { playbooks: [contextAndAlerts] }, { evidence: first.evidence }),
    );
    expect(again.evidence).toEqual([]);
    expect(again.report.claims).toEqual(first.report.claims);
    const more: Facts = {
      ...facts,
      alertsOf: async () => ({ total: 1, alerts: [{ title: 'x', product: 'p', time: new Date(0), issue: 3 }] }),
    };
    const changed = await investigateDeterministically(
      inputOf(undefined, { playbooks: [contextAndAlerts] }, { evidence: first.evidence, facts: more }),
    );
    expect(changed.evidence.map((e) => `${e.id} ${e.tool}`)).toEqual(['E10 entity-alerts', 'E11 entity-alerts']);
  });

  it.each<[string, Partial<Tool>, string]>([
    ['throws', { run: () => Promise.reject(new Error('no route to host')) }, 'probe: it failed: `no route to host`'],
    ['does not take what it is given', { args: z.strictObject({ n: z.number() }) }, 'arguments it does not take'],
  ])('says that it could not look when a tool %s, and goes on', async (_, change, because) => {
    const probe: Tool = {
      name: 'probe',
      summary: '',
      risk: 'own',
      each: 'incident',
      args: z.strictObject({}),
      run: async () => ({ outcome: 'nothing', summary: ['x'], result: null, trust: 'own' }),
      ...change,
    };
    const steps = [
      { tool: 'probe', each: 'incident' as const, args: {} },
      { tool: 'no-such-tool', each: 'incident' as const, args: {} },
      { tool: 'similar-incidents', each: 'incident' as const, args: {} },
    ];
    const both = new Map([...tools, ['probe', probe]]);
    const { evidence } = await investigateDeterministically(
      inputOf(undefined, { playbooks: [playbook('p', steps)] }, { tools: both }),
    );
    expect(evidence.map((e) => e.outcome)).toEqual(['could-not-look', 'could-not-look', 'nothing']);
    expect(sentence(evidence[0]?.summary ?? [])).toContain(because);
    expect(sentence(evidence[1]?.summary ?? [])).toContain('there is no such tool');
  });
});

describe('the report', () => {
  it('cites for every claim evidence that there is, and quotes nothing that is not in it', async () => {
    const more: Facts = {
      ...facts,
      alertsOf: async () => ({ total: 2, alerts: [{ title: 'Old one', product: 'p', time: new Date(0), issue: 3 }] }),
    };
    const { report, evidence } = await investigateDeterministically(
      inputOf(undefined, { playbooks: [contextAndAlerts] }, { facts: more }),
    );
    expect(report.claims.length).toBeGreaterThan(0);
    for (const claim of report.claims) {
      expect(claim.evidence.length).toBeGreaterThan(0);
      const cited = claim.evidence.map((id) => evidence.find((e) => e.id === id));
      for (const one of cited) expect(one).toBeDefined();
      const known = JSON.stringify(cited);
      for (const part of claim.text)
        if (typeof part !== 'string' && 'quote' in part) expect(known).toContain(part.quote);
    }
    for (const e of evidence.filter((one) => one.outcome === 'could-not-look'))
      expect(report.claims.flatMap((c) => c.evidence)).not.toContain(e.id);
  });

  const rule = {
    when: { rule: ['Recon:EC2/Portscan'] },
    verdict: 'benign' as const,
    because: 'Our scanner.',
    origin: { path: 'policies/triage.md', line: 3 },
  };

  it('gives a verdict only by a rule of the policy that means every alert', async () => {
    const known = await investigateDeterministically(inputOf(knownScanner(), { verdictRules: [rule] }));
    expect(known.report).toMatchObject({
      verdict: 'benign',
      verdictBy: 'policies/triage.md:3',
      because: 'Our scanner.',
    });
    const view = knownScanner();
    const mixed = viewOf([...view.alerts, alertView('51', { title: 'something else' })]);
    const other = await investigateDeterministically(inputOf(mixed, { verdictRules: [rule] }));
    expect(other.report.verdict).toBe('not-assessed');
    const unseen = await investigateDeterministically(inputOf({ ...view, alertTotal: 2 }, { verdictRules: [rule] }));
    expect(unseen.report.verdict).toBe('not-assessed');
    const none = await investigateDeterministically(inputOf(knownScanner()));
    expect(none.report.verdict).toBe('not-assessed');
    expect(none.report.verdictBy).toBeUndefined();
  });
});
