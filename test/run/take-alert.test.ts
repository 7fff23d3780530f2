import { describe, expect, it } from 'vitest';
import { look, put, records } from './scanner-alerts.ts';
import { type Spine, spine } from './spine.ts';

/** Dependabot finds a malicious package, of which its advisory has much to say. */
function malware(s: Spine, how: { tell: boolean }): void {
  const half = (length: number) => `${'a'.repeat(length - 1)}😀 and more`;
  const named = { package: { ecosystem: 'npm', name: 'left-padder' }, severity: 'critical' as const };
  const at = s.now().toISOString();
  put(s, {
    ...{ scanner: 'dependabot', ...how },
    alert: {
      security_advisory: {
        ...{ ghsa_id: 'GHSA-2222-3333-4444', cve_id: null, severity: 'critical', summary: half(300) },
        ...{ description: half(4096), cwes: [{ cwe_id: 'CWE-506', name: 'Embedded Malicious Code' }] },
        ...{ cvss: { vector_string: null, score: 0 }, identifiers: [], references: [] },
        ...{ published_at: at, updated_at: at, withdrawn_at: null },
        vulnerabilities: [{ ...named, vulnerable_version_range: '= 2.3.0', first_patched_version: null }],
      },
    },
  });
}

const advisories = async (s: Spine) =>
  (await s.store.query('select ghsa, length(content ->> $1) as length from advisory', ['description'])).rows;

describe('malware that Dependabot finds', () => {
  it('is kept with its advisory, cut where a sign ends, when its webhook tells it', async () => {
    await using s = await spine();
    malware(s, { tell: true });
    await s.deliver();
    expect(await s.outcomes()).toContain('alert taken');
    expect(await records(s)).toHaveLength(1);
    expect(await advisories(s)).toEqual([{ ghsa: 'GHSA-2222-3333-4444', length: 4095 }]);
  });

  it('is kept with its advisory when a list tells it, and the look goes on', async () => {
    await using s = await spine();
    malware(s, { tell: false });
    put(s, { scanner: 'dependabot', tell: false });
    await look(s);
    expect(await records(s)).toHaveLength(2);
    expect(await advisories(s)).toHaveLength(1);
  });

  it('is taken though its advisory cannot be kept, which is said', async () => {
    await using s = await spine();
    await s.store.query(`alter table advisory add check (ghsa <> 'GHSA-2222-3333-4444')`);
    malware(s, { tell: true });
    await s.deliver();
    expect(await s.outcomes()).toContain('alert taken');
    expect(await records(s)).toHaveLength(1);
    expect(s.log).toContainEqual(expect.stringContaining('an advisory of malware could not be kept: '));
  });
});

describe('a listed alert that cannot be kept', () => {
  it('is said, and keeps neither its page nor what changes from being taken', async () => {
    await using s = await spine();
    await s.store.query('alter table github_alert add check (number <> 2)');
    for (let n = 0; n < 3; n += 1) put(s, { scanner: 'dependabot', tell: false });
    await look(s);
    const known = async () => (await s.store.query('select number::int from github_alert order by number')).rows;
    expect(await known()).toEqual([{ number: 1 }, { number: 3 }]);
    const said = 'alert 2 of dependabot in acme/soc could not be taken: ';
    expect(s.log).toContainEqual(expect.stringContaining(said));
    s.pass(600);
    put(s, { scanner: 'dependabot', tell: false });
    await look(s);
    expect(await known()).toEqual([{ number: 1 }, { number: 3 }, { number: 4 }]);
  });
});
