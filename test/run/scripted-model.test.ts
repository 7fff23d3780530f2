import { describe, expect, it } from 'vitest';
import { createScriptedModel } from '../../src/model/scripted-model.ts';
import { exampleTools } from './example-tools.ts';
import { attack, spine } from './spine.ts';

const model = createScriptedModel();
const playbooks = [exampleTools];

describe('the scripted model', () => {
  it('adds its assessment to the issue and says so in one comment', async () => {
    await using s = await spine({ playbooks }, { model });
    await s.take(attack(1));
    const { body, labels } = await s.issue(1);
    expect(labels).toContain('verdict: suspicious?');
    expect(body).toContain('**Assessment** (likeliest reading): Somebody who should not be there did this.');
    expect(body).toContain('Why: The product reported `Login failures 1` [E7].');
    expect(body).not.toContain('taken out');
    const comments = await s.ourComments(1);
    expect(comments).toHaveLength(1);
    expect(comments[0]).toMatch(/^🔴 \*\*Look now\. Suspicious \(low confidence\), severity high:\*\*/);
  });

  it('lets the check before it mention whom the policy names, and mentions nobody again', async () => {
    await using s = await spine({ playbooks, mention: { severity: 'high', who: ['acme/on-call'] } }, { model });
    await s.take(attack(1));
    const comments = await s.ourComments(1);
    expect(comments).toHaveLength(2);
    expect(comments.map((text) => text.includes('@acme/on-call'))).toEqual([true, false]);
    expect(comments[0]).toContain('Checked, not assessed (the model has yet to report)');
  });

  it('answers a question in a comment of its own', async () => {
    await using s = await spine({ playbooks }, { model });
    await s.take(attack(1), attack(251, { host: 'db-7' }));
    await s.comment('hana', 1, '/ask who else saw this address?');
    const answer = (await s.ourComments(1)).at(-1) ?? '';
    expect(answer).toMatch(/^💬 `who else saw this address\?` \(hana asked\)/);
    expect(answer).toMatch(/`203\.0\.113\[\.\]1`.*\[E\d+\]/);
    expect(answer).toContain('Could not say: Only alerts were looked through');
  });

  it('writes in the language of the room, and everything of it passes the gates', async () => {
    await using s = await spine({ playbooks, language: 'ja' }, { model });
    await s.take(attack(1), attack(251, { host: 'db-7' }));
    const { body, labels } = await s.issue(1);
    expect(labels).toContain('verdict: suspicious?');
    expect(body).toContain('権限のない何者かによる操作です');
    expect(body).toContain('製品が `Login failures 1` を報告しました');
    expect(body).toMatch(/`203\.0\.113\[\.\]1` は 文書用アドレスで|確認したが該当なし/);
    expect(body).not.toMatch(/taken out|除外/);
    await s.comment('hana', 1, '/ask ほかに誰がこのアドレスを見ましたか?');
    const answer = (await s.ourComments(1)).at(-1) ?? '';
    expect(answer).toContain('確認したのはアラートだけです');
  });

  it('shows a file of the config repository as it is written, not as a name on the internet', async () => {
    const context = [
      {
        kind: 'asset' as const,
        name: 'web-1',
        owner: 'web team',
        criticality: 'high' as const,
        shared: false,
        entities: [{ type: 'host' as const, value: 'web-1' }],
        cidr: [],
        body: '',
        origin: { path: 'context/hosts/web-1.md', line: 1 },
      },
    ];
    await using s = await spine({ playbooks, context }, { model: quoting });
    await s.take(attack(1));
    const { body } = await s.issue(1);
    expect(body).toContain('Why: web-1 is asset web-1 (criticality high, owner web team), context/hosts/web-1.md [E1]');
  });
});

/** Says word for word what the first tool answered. */
const quoting: typeof model = {
  async turn(request, signal) {
    const reply = await model.turn(request, signal);
    const [block] = reply.content;
    if (block?.type !== 'text' || !block.text.includes('"hypotheses"')) return reply;
    const report = JSON.parse(block.text);
    const says = /"id":"E1".*?"says":"([^"]*)"/.exec(JSON.stringify(request.messages).replaceAll('\\', ''))?.[1];
    const because = { text: says ?? '', evidence: ['E1'] };
    return { ...reply, content: [{ ...block, text: JSON.stringify({ ...report, because }) }] };
  },
};
