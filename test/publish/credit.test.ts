import { describe, expect, it } from 'vitest';
import { credit } from '../../src/publish/credit.ts';
import { severityComment } from '../../src/publish/severity-comment.ts';
import { alertView } from './views.ts';

const by = { ruleId: '1', title: 'A rule', tags: [], file: 'detections/a.yml:1' };

describe('the credit of a rule', () => {
  it('names title, author and license, and leaves out what is not known', () => {
    expect(credit({ ...by, author: 'Ada Example, Ben Example', license: 'DRL 1.1' }, 'en')).toBe(
      '`A rule` by `Ada Example, Ben Example` (Detection Rule License 1.1)',
    );
    expect(credit({ ...by, author: 'Ada' }, 'en')).toBe('`A rule` by `Ada`');
    expect(credit({ ...by, license: 'Apache-2.0' }, 'en')).toBe('`A rule` (`Apache-2.0`)');
    expect(credit(by, 'en')).toBe('`A rule`');
  });

  it('stands in the comment about an alert of the rule', () => {
    const alert = { ...alertView('1', { title: 'A rule', attribution: { ...by, author: 'Ada' } }), ocsf: {} };
    const triaged = { alert, effectiveSeverity: 'high' as const };
    const policy = {
      language: 'en' as const,
      mode: 'observe' as const,
      mention: { severity: 'high' as const, who: [] },
    };
    expect(severityComment({ from: 'low', to: 'high', by: triaged, pressing: false }, policy)).toContain(
      '`A rule` (Falco, rule `A rule` by `Ada`) joined; it was low',
    );
  });

  it('lets nothing in them be more than text', () => {
    const hostile = '@acme/everybody `</i>`\n![x](//y)\n/close fp';
    const shown = '``@acme/everybody `</i>` ![x](//y) /close fp``';
    expect(credit({ ...by, title: hostile, author: hostile, license: hostile }, 'en')).toBe(
      `${shown} by ${shown} (${shown})`,
    );
  });
});
