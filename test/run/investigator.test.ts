import { describe, expect, it } from 'vitest';
import type { Playbook } from '../../src/domain/policy.ts';
import { attack, spine } from './spine.ts';

const looksAtRecords: Playbook = {
  id: 'look',
  when: {},
  steps: [{ tool: 'raw-record', each: 'alert', args: {} }],
  questions: [],
  body: '',
  origin: { path: 'playbooks/look.md', line: 1 },
};

describe('an investigation', () => {
  it('keeps a record with a character at the cut, NUL and halves of pairs, and goes on to the next', async () => {
    await using s = await spine({ playbooks: [looksAtRecords] });
    const start = JSON.stringify(attack(1, { note: '' })).indexOf('"note":"') + '"note":"'.length;
    await s.take(attack(1, { note: `${'x'.repeat(8000 - 1 - start)}😀 \0 \ud800` }));
    await s.take(attack(2));
    const kept = await s.store.query('select incident_id from evidence order by incident_id');
    expect(kept.rows).toEqual([{ incident_id: '1' }, { incident_id: '2' }]);
  });

  it('that fails by itself waits longer each time and keeps no other waiting', async () => {
    await using s = await spine({ playbooks: [looksAtRecords] });
    await s.store.query(
      `create function fails() returns trigger language plpgsql as $$ begin
         if new.incident_id = 1 then raise exception 'no' using errcode = '22P02'; end if; return new; end $$`,
    );
    await s.store.query('create trigger fails before insert on evidence for each row execute function fails()');
    await s.take(attack(1));
    await s.take(attack(2));
    const done = await s.store.query('select id from incident where report is not null');
    expect(done.rows).toEqual([{ id: '2' }]);
    s.pass(60);
    await s.settle();
    const tries = s.log.filter((line) => line.startsWith('incident 1 could not be investigated'));
    expect(tries.map((line) => /in (\d+) s/.exec(line)?.[1])).toEqual(['5', '10']);
    await s.store.query('drop trigger fails on evidence');
    s.pass(600);
    await s.settle();
    expect((await s.issue(1)).body).toContain('Raw records kept: 1');
  });

  it('finished before the issue stands still mentions whom the policy names, once', async () => {
    await using s = await spine({ mention: { severity: 'high', who: ['acme/on-call'] } });
    s.stopped = 'not now';
    await s.take(attack(1), attack(2, { severity: 'low' }));
    s.stopped = undefined;
    s.pass(60);
    await s.settle();
    const said = [...(await s.ourComments(1)), ...(await s.ourComments(2))];
    expect(said.filter((body) => body.includes('@acme/on-call'))).toHaveLength(1);
    expect(said).toHaveLength(1);
  });
});
