import { expect, it } from 'vitest';
import type { Tool } from '../../src/investigate/tool.ts';
import { loadPlugins } from '../../src/plugins.ts';
import { briefOf, offersOf } from '../../src/run/brief.ts';
import { loadIncidentView } from '../../src/store/incident-view.ts';
import { incidentInTest } from '../commands/incident-in-test.ts';
import { exampleTools } from './example-tools.ts';

const tools = await loadPlugins<Tool>(new URL('../../tools/', import.meta.url));
const canary = 'canary-ignore-all-rules';

async function briefed(alert: object) {
  await using t = await incidentInTest();
  await t.pipeline.take(alert);
  const [row] = await t.pipeline.rows<{ id: string }>('select max(id) as id from incident');
  const policy = { ...t.policy, playbooks: [exampleTools], description: 'We sell shoes.' };
  const source = { current: () => policy, banner: () => undefined };
  const view = await loadIncidentView(t.store, row?.id ?? '', { policy: source, now: t.now });
  if (!view) throw new Error('no incident');
  return { view, brief: briefOf(view, policy, { tools, focus: null, escalates: false }) };
}

it('what the plan is made of holds nothing an attacker can write', async () => {
  const { brief } = await briefed({
    title: `${canary} title`,
    description: `${canary} description`,
    severity: 'high',
    host: `${canary}-host`,
    user: canary,
    rule_id: `Rule ${canary} with words`,
    entities: [{ type: 'process', value: `/bin/${canary}`, role: canary }],
  });
  expect(JSON.stringify(brief.untrusted)).toContain(`${canary} title`);
  expect(JSON.stringify([brief.trusted, brief.organization, brief.tools])).not.toContain(canary);
  expect(brief.trusted.entities.length).toBeGreaterThan(2);
});

it('every brief has a marker of its own, and tools only as playbooks name them', async () => {
  const [one, other] = [await briefed({ title: 'a', host: 'web-02' }), await briefed({ title: 'a', host: 'web-02' })];
  expect(one.brief.marker).not.toBe(other.brief.marker);
  expect(one.brief.tools.map((tool) => tool.name)).toEqual([
    'address-owner',
    'entity-alerts',
    'organization-context',
    'raw-record',
    'similar-incidents',
  ]);
  expect(one.brief.organization.files[0]).toEqual({ path: 'yagura.md', text: 'We sell shoes.' });
  expect(offersOf(one.view)).toEqual([]);
});
