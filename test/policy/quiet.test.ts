import { describe, expect, it } from 'vitest';
import { quietByDefault } from '../../src/domain/quiet.ts';
import { changes } from '../../src/policy/changes.ts';
import { goodPolicy, problemsIn } from './policy-files.ts';

const settings = (...lines: string[]) => ({ 'yagura.md': `---\n${lines.join('\n')}\n---\n` });

describe('quiet of yagura.md', () => {
  it('is on where nothing is said', () => {
    expect(goodPolicy(settings('organization: Acme')).quiet).toEqual(quietByDefault);
  });

  it.each(['quiet: off', 'quiet: false'])('%s gives every incident an issue', (line) => {
    expect(goodPolicy(settings(line)).quiet.on).toBe(false);
  });

  it('changes what it names and leaves the rest', () => {
    const { quiet } = goodPolicy(
      settings('quiet:', '  issues_a_day: 3', '  adopt:', '    - { kind: leaked-secret, severity: high }'),
    );
    expect(quiet).toEqual({ ...quietByDefault, issuesADay: 3, adopt: [{ kind: ['leaked-secret'], severity: 'high' }] });
  });

  it.each([
    ['  issues_a_day: 0', '3 quiet.issues_a_day: "0" is too small: at least 1.'],
    ['  digest_below: mild', '3 quiet.digest_below: "mild" is not known'],
    ['  issues_per_day: 3', '3 Key "issues_per_day" is not known; did you mean issues_a_day?'],
    ['  adopt: all', '3 quiet.adopt: expected a list'],
  ])('refuses %j on its line', (line, expected) => {
    const [first, ...others] = problemsIn(settings('quiet:', line));
    expect(first).toContain(`yagura.md:${expected}`);
    expect(others).toEqual([]);
  });

  it('is told when a pull request changes it', () => {
    const found = changes(goodPolicy(settings('mode: approve')), goodPolicy(settings('mode: approve', 'quiet: off')));
    expect(found).toEqual([{ level: 'notice', sentence: expect.stringMatching(/`quiet`.*issues_a_day.* `off`/) }]);
  });
});
