import { describe, expect, it } from 'vitest';
import { exampleTools } from '../run/example-tools.ts';
import { attack, type Spine, spine } from '../run/spine.ts';
import { createGullibleModel } from './gullible-model.ts';
import { ownPayloads } from './own-payloads.ts';

/** Every fourth of our own texts, and the question one would ask with it. */
const comments = ownPayloads
  .filter((_, k) => k % 4 === 0)
  .flatMap((text) => [text, `/ask ${text.replaceAll('\n', ' ')}`]);

describe('a comment of somebody without a right', () => {
  it(`never reaches the model and changes nothing: ${comments.length} of them`, async () => {
    const planted = 'scheduled-by-nobody';
    const model = createGullibleModel(planted, 1);
    await using s = await spine({ playbooks: [exampleTools] }, { model });
    await s.take(attack(1));
    const asked = model.requests.length;
    expect(asked).toBeGreaterThan(0);
    const before = await stateOf(s);
    for (const body of comments) await s.comment('otto', 1, `${body} ${planted}`);
    expect(model.requests).toHaveLength(asked);
    expect(await stateOf(s)).toEqual(before);
    // The same of a person with the right is asked, and read.
    await s.comment('hana', 1, `/ask ${planted}`);
    expect(model.readIn).toContain('answer');
  });
});

/** What a stranger must not change: the issue as it stands, what was decided, and what is to be done. */
async function stateOf(s: Spine) {
  const { title, body, state, labels } = await s.issue(1);
  const rows = await s.store.query(
    `select i.status, i.severity, i.verdict, i.verdict_by, (select count(*)::int from investigation) as runs,
       (select count(*)::int from task) as tasks, (select count(*)::int from recommendation) as recommendations,
       (select jsonb_agg(distinct state) from command) as commands from incident i`,
  );
  const [{ commands, ...row } = { commands: null }] = rows.rows as { commands: string[] | null }[];
  expect(commands ?? ['refused']).toEqual(['refused']);
  return { title, body, state, labels, row };
}
