import { expect, it } from 'vitest';
import { loadIncidentView } from '../../src/store/incident-view.ts';
import { mendFacts } from '../../src/store/mend-facts.ts';
import { within } from '../told-alerts.ts';

/** An alert of Dependabot: all are of one advisory, the last one of another repository in other letters and with a fix. */
function told(number: number, more: { repository?: string; advisory?: object; fixed?: string; state?: string } = {}) {
  const { repository = 'acme/tools', advisory = {}, fixed = '2.4.1', state = 'open' } = more;
  const at = '2026-03-01T08:00:00Z';
  return {
    ...{
      event: 'dependabot_alert',
      action: state === 'open' ? 'created' : state,
      repository: { full_name: repository },
    },
    alert: {
      ...{ number, state, created_at: at, updated_at: at, fixed_at: state === 'fixed' ? at : null },
      dependency: { package: { ecosystem: 'npm', name: `left-padder-${number}` } },
      security_advisory: {
        ghsa_id: 'GHSA-2222-3333-4444',
        summary: 'It runs what it pads',
        severity: 'high',
        ...advisory,
      },
      security_vulnerability: { severity: 'high', first_patched_version: { identifier: fixed } },
    },
  };
}

const shop = {
  ...{ kind: 'service' as const, name: 'shop', cidr: [], shared: false, exposed: true, body: '' },
  entities: [{ type: 'cloud_resource' as const, value: 'acme/shop' }],
  origin: { path: 'context/services/shop.md', line: 1 },
};

it('what bears on a vulnerability counts of all its places, however many an issue shows, in whatever letters', () =>
  within(async (p) => {
    const { vulnerabilities } = p.policy;
    p.policy = { ...p.policy, context: [shop], vulnerabilities: { ...vulnerabilities, kev: ['CVE-2026-10001'] } };
    const facts = async () => (await mendFacts(p.store, ['1'], p.policy)).get('1');
    await p.receive(
      'github',
      Array.from({ length: 210 }, (_, k) => told(k + 1)),
    );
    await p.run();
    expect(await facts()).toEqual({ places: 210, open: 210, known: false, exposed: false, fixed: '2.4.1' });
    const advisory = { cve_id: 'cve-2026-10001', epss: { percentage: 0.5 } };
    await p.receive('github', [told(211, { repository: 'Acme/Shop', advisory, fixed: '3.0.0' })]);
    await p.run();
    expect(await facts()).toEqual({ places: 211, open: 211, known: true, exposed: true, epss: 0.5 });
    const policy = { current: () => p.policy, banner: () => undefined };
    const view = await loadIncidentView(p.store, '1', { policy, now: new Date() });
    expect(view?.alerts).toHaveLength(200);
    expect(view?.alerts.some(({ place }) => place?.epss)).toBe(false);
    expect(view?.mending).toMatchObject({ exploited: 'known', exposed: true, epss: 0.5 });
    expect(view?.mending?.all).toEqual({ places: 211, open: 211 });
    await p.receive('github', [told(211, { repository: 'Acme/Shop', advisory, fixed: '3.0.0', state: 'fixed' })]);
    await p.run();
    expect(await facts()).toEqual({ places: 211, open: 210, known: false, exposed: false, fixed: '2.4.1' });
  }));
