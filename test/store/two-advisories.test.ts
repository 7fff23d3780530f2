import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mendFacts } from '../../src/store/mend-facts.ts';
import { mergeIncident } from '../../src/store/stories.ts';
import { within } from '../told-alerts.ts';

const fixture = (file: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/sources/github/${file}`, import.meta.url), 'utf8'));

const a = 'GHSA-2222-3333-4444';
const b = 'GHSA-2222-3333-5555';
const shop = { id: 4711, full_name: 'acme/shop-api' };
const billing = { id: 4712, full_name: 'acme/billing' };
const malicious = { cwes: [{ cwe_id: 'CWE-506', name: 'Embedded Malicious Code' }] };

/** What Dependabot says of the package in a repository. */
function dependabot(ghsa: string, number: number, repository: object, more: object = {}, action = 'created'): object {
  const { alert, ...webhook } = fixture('dependabot-created.json');
  const advisory = { ...alert.security_advisory, ghsa_id: ghsa, ...more };
  return { ...webhook, action, alert: { ...alert, number, security_advisory: advisory }, repository };
}

/** What the advisory `b` says of the package in the shop. */
function advised(more: object = {}, said: object = {}): object {
  const { security_advisory: advisory, place, ...rest } = fixture('security-advisory-found.json');
  const changed = { ...advisory, ghsa: b, ...said };
  const repository = { repository: shop, place: { ...place, range: '< 9.9.9', fixed: '9.9.9' } };
  return { ...rest, ...repository, ...more, security_advisory: changed };
}

it('what one advisory says of a package is not written to the alert of another one in the same place', () =>
  within(async (p) => {
    const malware = { malware: true };
    await p.receive('github', [dependabot(a, 1, shop, malicious), advised({}, malware)]);
    await p.run();
    expect(await p.rows('select id from incident')).toHaveLength(1);
    const ofA = () => p.rows(`select severity, floor_because, place from alert where place ->> 'ghsa' = $1`, [a]);
    const before = await ofA();
    expect(before).toMatchObject([{ place: { by: 'dependabot', fixed: '2.4.1' } }]);
    const updated = { ...malware, updatedAt: '2026-03-01T10:00:00.000Z' };
    await p.receive('github', [advised({ action: 'updated', step: 2, at: '2026-03-01T10:30:00.000Z' }, updated)]);
    await p.run();
    expect(await ofA()).toEqual(before);
  }));

it('a place is open until its own advisory is mended there, whatever Dependabot says of another one', () =>
  within(async (p) => {
    await p.receive('github', [dependabot(a, 1, shop), dependabot(b, 2, billing), advised()]);
    await p.run();
    await p.store.transaction((tx) => mergeIncident(tx, '2', '1', p.now));
    const facts = async () => (await mendFacts(p.store, ['1'], p.policy)).get('1');
    expect(await facts()).toMatchObject({ places: 3, open: 3 });
    await p.receive('github', [dependabot(a, 1, shop, {}, 'fixed'), dependabot(b, 2, billing, {}, 'fixed')]);
    await p.run();
    expect(await facts()).toMatchObject({ places: 3, open: 1, fixed: '9.9.9' });
    expect(await p.rows('select status from incident where id = 1')).toEqual([{ status: 'open' }]);
    await p.receive('github', [dependabot(b, 3, shop), dependabot(b, 3, shop, {}, 'fixed')]);
    await p.run();
    expect(await p.rows('select status, settled from incident where id = 1')).toEqual([
      { status: 'closed', settled: 'fixed' },
    ]);
  }));

it('a package of PyPI is one place however it is written, and ends by the word of Dependabot', () =>
  within(async (p) => {
    const inPip = (name: string) => ({ ecosystem: 'pip', name });
    const python = (action: string) => {
      const { alert, ...webhook } = dependabot(b, 1, shop, {}, action) as ReturnType<typeof fixture>;
      const dependency = { ...alert.dependency, package: inPip('Left_Padder') };
      const vulnerable = { ...alert.security_vulnerability, package: inPip('Left_Padder') };
      return { ...webhook, alert: { ...alert, dependency, security_vulnerability: vulnerable } };
    };
    const { place } = fixture('security-advisory-found.json');
    const found = { place: { ...place, ecosystem: 'pip', package: 'left-padder' } };
    await p.receive('github', [python('created'), advised(found)]);
    await p.run();
    expect((await mendFacts(p.store, ['1'], p.policy)).get('1')).toMatchObject({ places: 1, open: 1 });
    // What was stored before that is compared in the same way.
    const keys = () => p.rows(`select place ->> 'key' as key from alert`);
    const written = await keys();
    await p.store.query(`update alert set place = place - 'key'`);
    await p.store.query(
      readFileSync(new URL('../../src/store/migrations/0037-how-packages-compare.sql', import.meta.url), 'utf8'),
    );
    expect(await keys()).toEqual(written);
    const said = { ...found, place: { ...found.place, range: '< 3.0.0', fixed: '3.0.0' } };
    const updated = { updatedAt: '2026-03-01T10:00:00.000Z' };
    await p.receive('github', [
      advised({ ...said, action: 'updated', step: 2, at: '2026-03-01T10:30:00.000Z' }, updated),
    ]);
    await p.run();
    const fixes = await p.rows(`select place ->> 'by' as by, place ->> 'fixed' as fixed from alert order by id`);
    expect(fixes).toEqual([
      { by: 'dependabot', fixed: '3.0.0' },
      { by: 'advisory', fixed: '3.0.0' },
    ]);
    await p.receive('github', [python('dismissed')]);
    await p.run();
    expect(await p.rows('select status, settled from incident')).toEqual([{ status: 'closed', settled: 'dismissed' }]);
  }));
