import { describe, expect, it } from 'vitest';
import { englishIn } from '../../publish/japanese.ts';
import { attacker, blockRule, type IncidentInTest, incidentInTest, seconds } from '../incident-in-test.ts';

const because = '当社を攻撃しています。';
const rule = blockRule({ because });
const third = { type: 'domain', value: 'bad.example' } as const;

/** Types each command of a list and holds every answer to Japanese: some of it, and no two English words in a row. */
async function allInJapanese(t: IncidentInTest, lines: [by: string, text: string, state: string][]): Promise<void> {
  for (const [by, text, state] of lines) {
    const said = await t.say(by, text);
    expect(said.split(':')[0], said).toBe(state);
    const words = said.slice(state.length + 1);
    expect(englishIn(words), text).toEqual([]);
    expect(words, text).toMatch(/[\p{Script=Hiragana}\p{Script=Han}]/u);
  }
}

describe('in a room that reads Japanese, every answer is Japanese', () => {
  it('of commands about the incident', async () => {
    await using t = await incidentInTest({ language: 'ja', responses: [rule] });
    t.rights.otto = 'reader';
    await allInJapanese(t, [
      ['otto', '/help', 'done'],
      ['hana', '/adopt', 'refused'],
      ['hana', '/take', 'done'],
      ['hana', '/take', 'refused'],
      ['ken', '/take', 'done'],
      ['hana', '/severity', 'refused'],
      ['hana', '/severity critical', 'done'],
      ['hana', '/verdict', 'refused'],
      ['hana', '/verdict tp', 'done'],
      ['hana', '/verdict insufficient data ログが足りない', 'done'],
      ['hana', '/snooze', 'refused'],
      ['hana', '/snooze 91d', 'refused'],
      ['hana', '/snooze 4h', 'done'],
      ['hana', '/handover', 'refused'],
      ['hana', '/handover @otto', 'refused'],
      ['hana', '/handover @ken', 'refused'],
      ['hana', '/handover @mika 承認待ちがあります', 'done'],
      ['hana', '/investigate アップロード', 'done'],
      ['hana', '/stop', 'refused'],
      ['hana', '/ask', 'refused'],
      ['hana', '/ask ほかに誰か', 'refused'],
      ['hana', '/reopen', 'refused'],
      ['hana', '/close', 'refused'],
      ['hana', '/close fp', 'refused'],
      ['hana', '/close dup 前の件', 'refused'],
      ['hana', '/close fp　定期スキャンでした', 'done'],
      ['hana', '/close fp また', 'refused'],
      ['hana', '/snooze 4h', 'refused'],
      ['hana', '/handover mika', 'refused'],
      ['ken', '/approve R1', 'refused'],
      ['ken', '/block 203.0.113.9', 'refused'],
      ['hana', '/reopen', 'done'],
    ]);
    expect(await t.rows('select verdict_why as why from incident')).toEqual([{ why: null }]);
    expect(await t.rows(`select body::jsonb->>'why' as why from ledger where kind = 'incident.closed'`)).toEqual([
      { why: '定期スキャンでした' },
    ]);
  });

  it('of commands to the model', async () => {
    await using t = await incidentInTest({ language: 'ja' });
    t.model = true;
    await allInJapanese(t, [
      ['hana', `/ask ${'なぜ'.repeat(300)}`, 'refused'],
      ['hana', '/ask このホストはほかとも通信しましたか', 'done'],
      ['hana', '/investigate その前のアップロード', 'done'],
      ['hana', '/stop', 'done'],
    ]);
  });

  it('of approvals', async () => {
    await using t = await incidentInTest({ language: 'ja', responses: [blockRule({ because, approvals: 2 })] });
    for (const n of [1, 2, 4]) await t.recommend(n, attacker, seconds(-5));
    await t.recommend(3, third);
    await t.recommend(5, { type: 'ip', value: '10.1.2.3' }, seconds(-5));
    await t.recommend(6, third, seconds(-5));
    await t.rows(`update recommendation set status = 'replaced', replaced_by = 3 where number = 2`);
    await t.rows(`update recommendation set duration = 99 where number = 6`);
    t.policy = { ...t.policy, neverBlock: ['10.0.0.0/8'] };
    await allInJapanese(t, [
      ['ken', '/approve', 'refused'],
      ['ken', '/approve R9', 'refused'],
      ['ken', '/approve R2', 'refused'],
      ['ken', '/approve R3', 'refused'],
      ['ken', '/approve R5', 'refused'],
      ['ken', '/approve R6', 'refused'],
      ['ken', '/approve R1', 'done'],
      ['ken', '/approve R1', 'refused'],
      ['mika', '/approve R1 R9', 'waiting'],
      ['mika', '/approve R1', 'refused'],
      ['ken', '/reject R9', 'refused'],
      ['ken', '/reject R4 当社のものです', 'done'],
      ['ken', '/reject R4', 'refused'],
    ]);
    t.policy = { ...t.policy, responses: [] };
    await t.recommend(7, attacker, seconds(-5));
    await allInJapanese(t, [['ken', '/approve R7', 'refused']]);
    t.policy = { ...t.policy, responses: [blockRule({ maxDuration: 3600 })] };
    await allInJapanese(t, [['ken', '/approve R7', 'refused']]);
    t.policy = { ...t.policy, responses: [blockRule({ entity: ['domain'] })] };
    await allInJapanese(t, [['ken', '/approve R7', 'refused']]);
    t.policy = { ...t.policy, responses: [rule], mode: 'recommend' };
    await allInJapanese(t, [['ken', '/approve R7', 'done']]);
  });

  it('of blocks, and of what takes them back', async () => {
    await using t = await incidentInTest({ language: 'ja', responses: [rule], neverBlock: ['10.0.0.0/8'] });
    await allInJapanese(t, [
      ['ken', '/block', 'refused'],
      ['ken', '/block hxxps://bad.example/x', 'refused'],
      ['ken', '/block 203.0.113.0/24', 'refused'],
      ['ken', '/block eve@bad.example', 'refused'],
      ['ken', '/block bücher.example', 'refused'],
      ['ken', '/block web-01', 'refused'],
      ['ken', '/block 10.20.1.5', 'refused'],
      ['ken', '/block 203.0.113.9 お願いします', 'refused'],
      ['ken', '/block 203.0.113.9 for', 'refused'],
      ['ken', '/block 203.0.113.9 for 30d', 'refused'],
      ['ken', '/block 203.0.113.9 on fw-z', 'refused'],
      ['hana', '/block 203.0.113[.]9 for 2h', 'done'],
      ['ken', '/block 203.0.113.8', 'done'],
      ['ken', '/approve R2', 'refused'],
      ['mika', '/approve R1', 'refused'],
      ['ken', '/undo T9', 'refused'],
      ['ken', '/unblock', 'refused'],
      ['ken', '/unblock 198.51.100.9', 'refused'],
    ]);
    const [made] = await t.rows<{ because: string }>('select because from recommendation order by number limit 1');
    expect(englishIn(made?.because ?? '')).toEqual([]);
    await t.recommend(3, attacker, seconds(-5));
    await t.say('mika', '/approve R3');
    await t.rows(`update task set status = 'active'`);
    await allInJapanese(t, [
      ['hana', '/close tp 端末を再構築しました', 'done'],
      ['ken', '/undo T1', 'waiting'],
      ['ken', '/undo T1', 'refused'],
    ]);
    const details = await t.rows<{ detail: string }>('select detail from task');
    for (const { detail } of details) expect(englishIn(detail)).toEqual([]);
    await t.rows(`update task set status = 'undone'`);
    await allInJapanese(t, [['ken', '/undo T1', 'refused']]);
    await t.say('hana', '/reopen');
    t.unavailable.set('fw-b', { en: 'It is down.', ja: '停止しています。' });
    await allInJapanese(t, [['hana', '/block 198.51.100.7', 'done']]);
    t.unavailable.set('edge', { en: 'It is gone.', ja: 'ありません。' });
    await allInJapanese(t, [['hana', '/block 198.51.100.7', 'refused']]);
    t.unavailable.clear();
    t.policy = { ...t.policy, responses: [] };
    await allInJapanese(t, [['ken', '/block 203.0.113.9', 'refused']]);
    t.policy = { ...t.policy, responses: [rule], mode: 'observe' };
    await allInJapanese(t, [['ken', '/block 203.0.113.9', 'done']]);
  });

  it('of what takes a text out', async () => {
    await using t = await incidentInTest({ language: 'ja' });
    await t.recommend(1, attacker);
    await allInJapanese(t, [
      ['ken', '/redact', 'refused'],
      ['ken', '/redact abc', 'refused'],
      ['ken', '/redact 203.0.113.7', 'done'],
      ['ken', '/redact nowhere-else', 'done'],
    ]);
  });
});
