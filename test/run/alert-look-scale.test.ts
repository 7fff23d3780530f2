import { describe, expect, it } from 'vitest';
import { scanners } from '../../src/ports/alert-lists.ts';
import { ForgeError } from '../../src/ports/forge.ts';
import { seedOrganization } from '../forge/second-organization.ts';
import { actions, put, records } from './scanner-alerts.ts';
import { type Spine, spine } from './spine.ts';

describe('two organizations with 40 repositories and 1,200 open alerts, within GitHub’s limits', () => {
  const names = (of: string) => Array.from({ length: 20 }, (_, n) => `${of}-${n}`);
  const perRepository = { dependabot: 15, 'code-scanning': 10, 'secret-scanning': 5 } as const;

  /** Seeds both, with thirty alerts open in each repository. */
  async function connected(): Promise<Spine> {
    const s = await spine({}, { limits: true });
    const { state } = s.a.t.forge;
    const installationIds = ['globex', 'initech'].map(
      (login) =>
        seedOrganization(state, {
          login,
          repositories: Object.fromEntries(names(login).map((name) => [name, {}])),
        }).installationId,
    );
    s.accepted = { installationIds, repositories: [] };
    state.store.transact(() => {
      for (const name of [...names('globex'), ...names('initech')])
        for (const scanner of scanners)
          for (let n = 0; n < perRepository[scanner]; n += 1) put(s, { scanner, tell: false }, name);
    });
    s.pass(3600);
    return s;
  }

  /** What looking took, without tokens: the test's clock jumps by the hour, and theirs is the machine's. */
  async function requestsOf(s: Spine): Promise<string[]> {
    s.a.requests.length = 0;
    while (await s.lookAtAlerts());
    return s.a.requests.filter((line) => !line.includes('/access_tokens'));
  }

  it('are read in 21 requests at first, and in nine at each look, of which those count that changed', async () => {
    await using s = await connected();
    expect(await requestsOf(s)).toHaveLength(1 + 2 * (1 + 6 + 3));
    expect((await records(s)).filter((one) => one.backlog)).toHaveLength(1200);
    s.pass(60);
    const free = await requestsOf(s);
    expect(free).toHaveLength(9);
    expect(free.filter((line) => line.endsWith(' 304'))).toHaveLength(9);
    s.pass(60);
    put(s, { scanner: 'dependabot', number: 3, alert: { state: 'fixed' }, tell: false }, 'globex-7');
    const changed = await requestsOf(s);
    expect(changed).toHaveLength(9);
    expect(changed.filter((line) => line.endsWith(' 200'))).toHaveLength(1);
    expect((await actions(s)).slice(1200)).toEqual(['fixed']);
  });

  it('of one of which a single repository is accepted, only that one is asked', async () => {
    await using s = await connected();
    const [globex = 0, initech = 0] = s.accepted?.installationIds ?? [];
    const repo = s.a.t.forge.state.store.all('repository').find((one) => one.name === 'initech-3');
    s.accepted = { installationIds: [globex], repositories: [{ id: repo?.id ?? 0, installationId: initech }] };
    const requests = await requestsOf(s);
    expect(requests.filter((line) => line.includes('/orgs/initech/'))).toEqual([]);
    const asked = requests.filter((line) => line.includes('/repos/'));
    expect(asked).toHaveLength(2 * scanners.length);
    expect(asked.every((line) => line.includes('/repos/initech/initech-3/'))).toBe(true);
    expect(await records(s)).toHaveLength(630);
  });

  it('one that cannot be asked keeps the other from nothing', async () => {
    await using s = await connected();
    s.wrap((forge) => ({
      covered: async (installation) => {
        if (installation === s.accepted?.installationIds[0]) throw new ForgeError('unavailable', 'GitHub answered 502');
        return forge.covered(installation);
      },
    }));
    await expect(s.lookAtAlerts()).rejects.toThrow('502');
    expect(await records(s)).toHaveLength(600);
  });
});
