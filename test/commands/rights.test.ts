import { describe, expect, it } from 'vitest';
import { holdersOf, standingOf } from '../../src/commands/rights.ts';
import type { Grant } from '../../src/domain/policy.ts';
import { ForgeError } from '../../src/ports/forge.ts';
import { adapterInTest, soc } from '../github/adapter-in-test.ts';

const nobody: Grant = { people: [], teams: [], roles: [] };
const grants = (analyst: Partial<Grant>, responder: Partial<Grant> = {}) => ({
  grants: { analyst: { ...nobody, ...analyst }, responder: { ...nobody, ...responder } },
});

describe('standingOf, asked of a real forge', () => {
  it('gives the right by name, by team and by role, the highest first, and says how it is known', async () => {
    await using a = await adapterInTest();
    const rows: [string, ReturnType<typeof grants>, string][] = [
      ['hana', grants({ people: ['hana'] }), 'analyst: named in the policy'],
      ['HANA', grants({ people: ['hana'] }), 'analyst: named in the policy'],
      ['ken', grants({ people: ['ken'] }, { people: ['ken'] }), 'responder: named in the policy'],
      ['hana', grants({ teams: ['acme/soc-analysts'] }), 'analyst: member of acme/soc-analysts'],
      ['ken', grants({}, { teams: ['acme/soc-responders'] }), 'responder: member of acme/soc-responders'],
      ['hana', grants({}, { teams: ['acme/soc-responders'] }), 'reader: no right in policies/response.md'],
      ['hana', grants({ roles: ['triage'] }), 'analyst: triage on acme/soc'],
      ['ken', grants({ roles: ['triage'] }, { roles: ['maintain', 'admin'] }), 'responder: maintain on acme/soc'],
      ['otto', grants({ roles: ['triage'] }, { roles: ['maintain'] }), 'reader: no right in policies/response.md'],
      ['stranger', grants({ roles: ['triage'] }, { roles: ['maintain'] }), 'reader: no right in policies/response.md'],
      [
        'hana',
        grants({ teams: ['acme/no-such-team'] }),
        'reader: no right in policies/response.md; acme/no-such-team could not be read',
      ],
      [
        'hana',
        grants({ people: ['hana'], teams: ['elsewhere/team'] }, { teams: ['elsewhere/team'] }),
        'analyst: named in the policy',
      ],
    ];
    for (const [login, policy, expected] of rows) {
      const { right, because } = await standingOf(login, policy, a.github, soc);
      expect(`${right}: ${because('en')}`, login).toBe(expected);
    }
  });

  it('gives nothing where roles cannot be read, and says so', async () => {
    const forge = {
      roleOf: () => Promise.reject(new ForgeError('forbidden', 'Resource not accessible by integration')),
      isTeamMember: () => Promise.resolve(false),
    };
    const { right, because } = await standingOf('ken', grants({}, { roles: ['maintain'] }), forge, soc);
    expect(`${right}: ${because('en')}`).toBe('reader: no right in policies/response.md; roles could not be read');
  });

  it('is not answered at all while the forge does not answer', async () => {
    const down = () => Promise.reject(new ForgeError('unavailable', 'GitHub answered 502'));
    const forge = { roleOf: down, isTeamMember: down };
    await expect(standingOf('ken', grants({}, { teams: ['acme/x'] }), forge, soc)).rejects.toThrow('502');
    await expect(standingOf('ken', grants({}, { roles: ['admin'] }), forge, soc)).rejects.toThrow('502');
  });
});

describe('holdersOf', () => {
  it('names people, teams and roles, and those of the higher right for the lower one', () => {
    const policy = grants({ people: ['hana'], roles: ['triage'] }, { people: ['ken'], teams: ['acme/soc-responders'] });
    expect(holdersOf('responder', policy, 'en')).toBe('ken, acme/soc-responders');
    expect(holdersOf('analyst', policy, 'en')).toBe('hana, role triage, ken, acme/soc-responders');
    expect(holdersOf('responder', grants({}), 'en')).toContain('nobody');
    expect(holdersOf('responder', policy, 'en', 'Ken')).toBe('acme/soc-responders');
  });
});
