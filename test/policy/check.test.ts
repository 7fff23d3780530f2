import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/domain/policy.ts';
import { checkLimits, checkRunOf } from '../../src/policy/check.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import { exampleFiles, filesOf, known, meta } from './policy-files.ts';

/** The example with some text of one file replaced. */
function example(path = '', from = '', to = ''): Policy {
  const files = exampleFiles('config-repo').map((file) => {
    if (file.path !== path) return file;
    const text = new TextDecoder().decode(file.content);
    if (!text.includes(from)) throw new Error(`${path} does not say ${from}`);
    return { path, content: new TextEncoder().encode(text.replace(from, to)) };
  });
  const { policy, problems } = loadPolicy(files, meta, known);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return policy;
}

const rules = 'policies/response.md';
const before = example();

describe('the check of a good commit', () => {
  it.each([
    [
      rules,
      'autonomy: approve',
      'autonomy: recommend',
      '- lowers autonomy of block-external-address from approve to recommend',
    ],
    [
      rules,
      'autonomy: approve',
      'autonomy: auto',
      '- raises autonomy of block-external-address from approve to auto (held at approve by mode)',
    ],
    [rules, 'approvals: 1', 'approvals: 2', '- changes approvals of block-external-address from 1 to 2'],
    [rules, 'duration: 24h', 'duration: 14d', '- changes duration of block-external-address from 24h to 14d'],
    [
      rules,
      '    resources: [edge, demo-firewall]',
      '    resources: [edge]',
      '- changes resources of block-external-address from edge, demo-firewall to edge',
    ],
    [
      rules,
      'approvals: 1',
      'approvals: 1\n    requester_may_approve: true',
      '- changes "requester may approve" of block-external-address from no to yes',
    ],
    [rules, 'severity: low', 'severity: high', '- changes when block-external-address applies'],
    [rules, 'id: block-domain', 'id: block-name', '- removes response block-domain'],
    [
      rules,
      'id: block-domain',
      'id: block-name',
      '- adds response block-name: block of domain on edge, autonomy approve, for 24h',
    ],
    [rules, 'people: [hana]', 'people: [otto]', '- gives the right analyst to `otto`'],
    [rules, 'people: [hana]', 'people: [otto]', '- takes the right analyst from `hana`'],
    [rules, 'roles: [maintain, admin]', 'roles: [maintain, admin, read]', '- gives the right responder to `role read`'],
    [rules, '  - payments.example.net\n', '', '- no longer protects `payments.example.net`'],
    [rules, '{ list: edge }', '{ list: core }', '- changes resource edge (connector blocklist)'],
    [
      'yagura.md',
      'mode: approve',
      'mode: auto',
      '- raises mode from approve to auto: rules with autonomy auto act by themselves',
    ],
    ['yagura.md', 'join_window: 2h', 'join_window: 30m', '- changes join window from `2h` to `30m`'],
    [
      'policies/severity.md',
      'at_least: critical',
      'at_least: high',
      '- changes severity floor `Nobody uses the root user.`',
    ],
    [
      'policies/triage.md',
      'every Monday',
      'on Mondays',
      '- adds verdict rule `benign: Our own vulnerability scanner does this on Mondays.`',
    ],
    ['playbooks/default.md', 'each: ip', 'each: [ip, domain]', '- changes playbook `default`'],
    ['context/hosts/web-01.md', 'criticality: high', 'criticality: low', '- changes context of `asset web-01`'],
  ])('tells what replacing in %s %j by %j means', (path, from, to, sentence) => {
    const check = checkRunOf([], example(path, from, to), before);
    expect(check).toMatchObject({ status: 'completed', conclusion: 'success' });
    expect(check.summary.split('\n')).toContain(sentence);
  });

  it('says that nothing changes', () => {
    expect(checkRunOf([], example(), before)).toEqual({
      status: 'completed',
      conclusion: 'success',
      title: 'Good; nothing changes',
      summary: 'Merging this changes nothing of the policy in force.\n',
      annotations: [],
    });
  });

  it('puts what gives more power first, and on its line', () => {
    const check = checkRunOf([], example(rules, 'autonomy: approve', 'autonomy: auto'), before);
    expect(check.summary).toMatch(/^\*\*Look twice: merging this\*\*\n\n- raises autonomy/);
    expect(check.annotations).toEqual([
      {
        path: rules,
        line: 22,
        level: 'warning',
        message: expect.stringContaining('raises autonomy of block-external-address'),
      },
    ]);
  });

  it('says "also" only behind what is to be looked at twice', () => {
    const alone = checkRunOf([], example('yagura.md', 'time_zone: Asia/Tokyo', 'time_zone: UTC'), before).summary;
    expect(alone).toMatch(/^\*\*Merging this\*\*\n\n- /);
    const both = checkRunOf([], example(rules, 'autonomy: approve', 'autonomy: auto'), before).summary;
    expect(both).not.toMatch(/\*\*Merging this\*\*/);
  });

  it('compares the first policy with safe defaults', () => {
    const { summary } = checkRunOf([], before);
    expect(summary).toBe(checkRunOf([], before, safeDefaults(meta.repository)).summary);
    expect(summary).toContain('- raises mode from observe to approve: actions are done when a person approves');
    expect(summary).toContain(
      '- gives the right responder to `ken`, `mika`, `team acme/soc-responders`, `role maintain`, `role admin`',
    );
  });

  it('shows text out of files as code that it cannot leave', () => {
    const nasty = example(
      'policies/severity.md',
      'Nobody uses the root user.',
      '"x` @acme/soc <img> \\n\\n# /approve all"',
    );
    const { summary } = checkRunOf([], nasty, before);
    expect(summary).toContain("`x' @acme/soc <img> # /approve all`");
  });
});

describe('the check of a broken commit', () => {
  it('fails with each problem on its line, and says that nothing takes effect', () => {
    const { policy, problems } = loadPolicy(
      filesOf({ 'yagura.md': '---\nmode: x```\nmodee: y\n---\n', 'policies/budgets.md': 'x' }),
      meta,
      known,
    );
    const check = checkRunOf(problems, policy, before);
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure', title: '3 problems' });
    expect(check.summary).toContain('`cccccccccccc` stays in force');
    expect(check.annotations.map(({ path, line, level }) => [path, line, level])).toEqual([
      ['policies/budgets.md', 1, 'failure'],
      ['yagura.md', 2, 'failure'],
      ['yagura.md', 3, 'failure'],
    ]);
    // One block of code, opened and closed by us only.
    expect(check.summary.split('```')).toHaveLength(3);
  });

  it('cannot be left by the name of a file', () => {
    const { summary } = checkRunOf([{ path: 'context/\n```\n@acme/soc.md', line: 1, message: 'x' }]);
    expect(summary).toContain("\ncontext/ ''' @acme/soc.md:1: x\n");
    expect(summary.split('```')).toHaveLength(3);
  });

  it('keeps every annotation up to its limit and the summary below GitHub’s', () => {
    const problem = (line: number) => ({ path: 'context/a.md', line, message: 'x'.repeat(400) });
    const check = checkRunOf(Array.from({ length: 2_000 }, (_, i) => problem(i + 1)));
    expect(check.annotations).toHaveLength(checkLimits.annotations);
    expect(check.summary.length).toBeLessThanOrEqual(checkLimits.summary);
    expect(check.summary).toMatch(/… and \d+ more\n```\n$/);
  });

  it('fails when there is nothing to judge', () => {
    expect(checkRunOf([])).toMatchObject({ conclusion: 'failure', title: 'The policy could not be read' });
  });
});

describe('a check in Japanese', () => {
  const japanese = example('yagura.md', 'time_zone:', 'language: ja\ntime_zone:');

  it('says what merging changes, in the language of the commit that is checked', () => {
    const next = {
      ...japanese,
      mode: 'auto' as const,
      grants: { ...japanese.grants, analyst: { people: ['eve'], teams: ['night'], roles: [] } },
    };
    const { title, summary, annotations } = checkRunOf([], next, before);
    expect(title).toMatch(/^問題なし。変更 \d+ 件$/);
    expect(summary).toContain('**要確認: マージすると**');
    expect(summary).toContain('- mode を approve から auto に上げる: autonomy が auto のルールは自動で実行する');
    expect(summary).toMatch(/- 権限 analyst を .*`チーム night` に与える/);
    expect(summary).toContain('- 言語を `en` から `ja` に変える');
    expect(annotations[0]?.message).toMatch(/^マージすると: mode を /);
  });

  it('says of a broken commit what stays in force, in the language that is in force; what is wrong in English', () => {
    const problems = [{ path: 'yagura.md', line: 3, message: 'mode: missing.' }];
    const { title, summary } = checkRunOf(problems, undefined, japanese);
    expect(title).toBe('問題 1 件');
    expect(summary).toContain('が有効なままで、すべての Issue に警告が表示されます');
    expect(summary).toContain('yagura.md:3: mode: missing.');
  });
});
