import { expect, test } from 'vitest';
import { adapterInTest, forgeErrorOf, soc } from './adapter-in-test.ts';

test('a role is the role name, and none for strangers', async () => {
  await using a = await adapterInTest();
  const roles = ['hana', 'ken', 'otto', 'nobody-here'].map((login) => a.github.roleOf(soc, login));
  expect(await Promise.all(roles)).toEqual(['triage', 'maintain', 'read', 'none']);
});

test('a member of a team is told from others, and from a team that cannot be read', async () => {
  await using a = await adapterInTest();
  expect(await a.github.isTeamMember('acme/soc-responders', 'ken')).toBe(true);
  expect(await a.github.isTeamMember('acme/soc-responders', 'otto')).toBe(false);
  expect((await forgeErrorOf(a.github.isTeamMember('acme/no-such-team', 'ken'))).reason).toBe('not-found');
  expect((await forgeErrorOf(a.github.isTeamMember('elsewhere/team', 'ken'))).reason).toBe('not-found');
  expect((await forgeErrorOf(a.github.isTeamMember('just-a-word', 'ken'))).message).toContain('write org/team');
});
