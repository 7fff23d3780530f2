import { describe, expect, it } from 'vitest';
import type { ContextEntry } from '../../src/domain/policy.ts';
import { blockRule } from '../commands/incident-in-test.ts';
import { wait } from './on-rota.ts';
import { attack, type Spine, spine } from './spine.ts';

const origin = { path: 'context/people/ken.md', line: 1 };
const ken: ContextEntry = {
  kind: 'person',
  name: 'Ken',
  entities: [
    { type: 'user', value: 'ken' },
    { type: 'user', value: 'ken.admin' },
    { type: 'email', value: 'ken@example.com' },
  ],
  cidr: [],
  shared: false,
  body: '',
  origin,
};

/** An incident that the named user is part of. */
async function about(user: string): Promise<Spine> {
  const s = await spine({ context: [ken], responses: [blockRule({ requesterMayApprove: true })] });
  await s.take(attack(1, { user }));
  await s.deliver();
  return s;
}

async function standing(s: Spine): Promise<Record<string, unknown>> {
  const found = await s.store.query<Record<string, unknown>>(
    `select i.status, i.severity, i.verdict, (select count(*)::int from task) as tasks, i.owner,
       (select status from recommendation where incident_id = 1 and number = 1) as recommended
     from incident i where i.id = 1`,
  );
  return found.rows[0] ?? {};
}

const untouched = {
  status: 'open',
  severity: 'high',
  verdict: 'not-assessed',
  tasks: 0,
  owner: null,
  recommended: 'open',
};

const isPart = (user: string) =>
  `you are part of this incident as \`${user.toLowerCase()}\`: somebody else decides here`;

describe('whoever is part of an incident does not decide about it', () => {
  it.each([
    ['a responder whose account the alert names', 'ken', 'ken', '/approve R1'],
    ['a responder whose other account the alert names', 'ken.admin', 'ken', '/approve R1'],
    ['a responder whose account the alert names', 'ken', 'ken', '/close fp it was me'],
    ['a responder whose account the alert names', 'ken', 'ken', '/verdict benign it was me'],
    ['a responder whose account the alert names', 'ken', 'ken', '/severity low'],
    ['a responder whose account the alert names', 'ken', 'ken', '/snooze 4h'],
    ['a responder whose account the alert names', 'ken', 'ken', '/reject R1 no need'],
    ['a responder whose account the alert names', 'ken', 'ken', '/redact web-1'],
    ['a responder whose account the alert names', 'ken', 'ken', '/take'],
    ['a responder whose account the alert names', 'ken', 'ken', '/handover @mika'],
    ['a responder whose account the alert names', 'ken', 'ken', '/stop'],
    ['a responder whose address is the account the alert names', 'ken@example.com', 'ken', '/close fp it was me'],
    ['an analyst whose account the alert names in capitals', 'HANA', 'hana', '/close fp it was me'],
    ['a responder whose account the alert names with its domain', 'CORP\\Ken', 'ken', '/close fp it was me'],
    ['a responder whose other account is one of a machine', '.\\ken.admin', 'ken', '/approve R1'],
  ])('%s (%s): %s is refused %s', async (_, user, by, command) => {
    await using s = await about(user);
    await s.comment(by, 1, command);
    expect(await standing(s)).toEqual(untouched);
    expect((await s.ourComments(1)).join('\n')).toContain(isPart(user));
  });

  it.each([
    ['has what was done undone', '/undo T1'],
    ['has what was done undone', '/unblock 203.0.113.1'],
  ])('a responder whose account the alert names %s: %s is refused', async (_, command) => {
    await using s = await about('ken');
    await s.comment('mika', 1, '/approve R1');
    await s.comment('ken', 1, command);
    const found = await s.store.query(`select status from task where resource = 'edge'`);
    expect(found.rows).toEqual([{ status: 'active' }]);
    expect((await s.ourComments(1)).at(-1)).toContain(isPart('ken'));
  });

  it('nor undoes it from the issue of another incident, nor from one that is merged into theirs', async () => {
    await using s = await about('ken');
    await s.comment('mika', 1, '/approve R1');
    await s.take(attack(2));
    await s.comment('ken', 2, '/unblock 203.0.113.1');
    expect((await s.ourComments(2)).at(-1)).toContain('of incidents you are part of stay');
    await s.store.query(`update incident set status = 'merged', merged_into = 1 where id = 2`);
    await s.comment('ken', 2, '/undo T1');
    expect((await s.ourComments(2)).at(-1)).toContain(isPart('ken'));
    const found = await s.store.query(`select status from task where resource = 'edge'`);
    expect(found.rows).toEqual([{ status: 'active' }]);
  });

  it('nor from another issue what was done in an incident that theirs was merged from', async () => {
    await using s = await about('ken');
    await s.comment('mika', 1, '/approve R1');
    await s.take(attack(2));
    await s.take(attack(3));
    await s.store.query(`update alert set incident_id = 2 where incident_id = 1`);
    await s.store.query(`update incident set status = 'merged', merged_into = 2 where id = 1`);
    await s.comment('ken', 3, '/unblock 203.0.113.1');
    expect((await s.ourComments(3)).at(-1)).toContain('of incidents you are part of stay');
    const found = await s.store.query(`select status from task where resource = 'edge'`);
    expect(found.rows).toEqual([{ status: 'active' }]);
  });

  it('a voice given before an alert named its giver counts no more', async () => {
    await using s = await spine({ context: [ken], responses: [blockRule({ resources: ['edge'], approvals: 2 })] });
    await s.take(attack(1));
    await s.comment('ken', 1, '/approve R1');
    await s.take(attack(1, { id: 'later', title: 'Another', user: 'ken' }));
    await s.comment('mika', 1, '/approve R1');
    expect(await standing(s)).toMatchObject({ tasks: 0 });
  });

  it.each([
    ['approves', 'ken', 'hana', '/approve R1', { tasks: 2 }],
    ['closes', 'hana', 'ken', '/close fp the scanner', { status: 'closed' }],
    ['raises', 'ken', 'ken', '/severity critical', { severity: 'critical' }],
    ['takes', 'hana', 'ken', '/take', { owner: 'hana' }],
    ['hands over', 'hana', 'ken', '/handover @mika', { owner: 'mika' }],
    ['closes', 'ken', 'CORP\\kenji', '/close fp the scanner', { status: 'closed' }],
    ['closes', 'ken', 'ken@example.net', '/close fp the scanner', { status: 'closed' }],
    ['hands to the suspect, which is refused,', 'hana', 'ken', '/handover @ken', { owner: null }],
    ['asks for a block alone, which waits for another,', 'ken', 'ken', '/block 198.51.100.9', { tasks: 0 }],
  ])(
    'somebody %s what names another, or only makes it more urgent (%s named, %s types %s)',
    async (_, by, user, command, is) => {
      await using s = await about(user);
      await s.comment(by, 1, command);
      expect(await standing(s)).toMatchObject(is);
    },
  );

  it('closing with GitHub’s own button, or lowering by a label, is put back', async () => {
    await using s = await about('hana');
    const { issues } = s.a.t.person('hana').rest;
    await issues.update({ owner: 'acme', repo: 'soc', issue_number: 1, state: 'closed' });
    await issues.addLabels({ owner: 'acme', repo: 'soc', issue_number: 1, labels: ['severity: low'] });
    await s.deliver();
    expect(await standing(s)).toEqual(untouched);
    expect((await s.issue(1)).state).toBe('open');
  });

  it('a mail address that an alert names is theirs whatever the field is called', async () => {
    await using s = await spine({
      context: [{ ...ken, entities: [...ken.entities, { type: 'user', value: 'k@acme.example' }] }],
    });
    await s.take(attack(1, { email: 'k@acme.example' }));
    await s.comment('ken', 1, '/close fp it was me');
    expect(await standing(s)).toEqual(untouched);
  });

  it('a name that stands in a text keeps nobody from deciding: its writer would choose who may answer', async () => {
    await using s = await spine({ context: [ken] });
    await s.take(attack(1, { message: 'failed login for ken ken@example.com' }));
    await s.deliver();
    await s.comment('ken', 1, '/close fp the scanner');
    expect(await standing(s)).toMatchObject({ status: 'closed' });
  });

  it('nor is named where the issue, a reminder or an answer says who can approve', async () => {
    await using s = await about('ken.admin');
    await s.comment('hana', 1, '/block 198.51.100.9');
    const [answer = ''] = (await s.ourComments(1)).slice(-1);
    expect(answer).toContain('`/approve R2` by mika');
    expect(answer).not.toContain('ken');
    expect((await s.issue(1)).body).toContain('(asked by hana) (mika can, until');
    await s.comment('mika', 1, '/take');
    await wait(s, 13 * 60);
    expect((await s.ourComments(1)).at(-1)).toContain('mika can type `/approve R2`');
    await s.comment('ken', 1, '/approve R2');
    expect((await s.ourComments(1)).at(-1)).toContain('somebody else decides here (mika)');
  });
});
