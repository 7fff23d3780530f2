import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParsedAlert } from '../../src/domain/alert.ts';
import type { SeverityFloor } from '../../src/domain/policy.ts';
import { countsAs, type Severity, severities, severityId } from '../../src/domain/severity.ts';
import { triage } from '../../src/triage/triage.ts';

const alert: ParsedAlert = {
  kind: 'threat',
  source: 'falco',
  product: 'Falco',
  title: 'Shell in a container',
  rule: 'shell',
  severity: 'medium',
  time: new Date(0),
  entities: [{ type: 'host', value: 'web-01', role: 'host', from: 'field' }],
  techniques: [],
  quoted: [],
  fingerprint: [],
  subject: [],
  ocsf: {},
};

function floor(atLeast: Severity, when: SeverityFloor['when'] = {}, line = 1): SeverityFloor {
  return { when, atLeast, because: `it is ${atLeast}`, origin: { path: 'policies/severity.md', line } };
}

describe('triage', () => {
  it('leaves an alert alone where no policy speaks of it', () => {
    expect(triage(alert, { severityFloors: [] })).toEqual({ alert, effectiveSeverity: 'medium' });
    const other = floor('critical', { source: ['guardduty'] });
    expect(triage(alert, { severityFloors: [other] })).toEqual({ alert, effectiveSeverity: 'medium' });
  });

  it('raises to the floor and says which line of which file did', () => {
    const policy = { severityFloors: [floor('high', { entity: { type: 'host', value: ['web-*'] } }, 12)] };
    expect(triage(alert, policy)).toEqual({
      alert,
      effectiveSeverity: 'high',
      floorBecause: 'it is high (policies/severity.md:12)',
    });
  });

  it('never lowers', () => {
    expect(triage(alert, { severityFloors: [floor('low')] })).toEqual({ alert, effectiveSeverity: 'medium' });
  });

  it('takes what a product did not rate as medium', () => {
    expect(triage({ ...alert, severity: 'unknown' }, { severityFloors: [] }).effectiveSeverity).toBe('medium');
  });

  it('names the highest of several floors', () => {
    const policy = { severityFloors: [floor('high', {}, 1), floor('critical', {}, 2), floor('high', {}, 3)] };
    expect(triage(alert, policy).floorBecause).toBe('it is critical (policies/severity.md:2)');
  });

  it('lets one floor ask for what another one gives, in either order', () => {
    const floors = [floor('critical', { severity: 'high' }), floor('high', { rule: ['shell'] })];
    for (const severityFloors of [floors, [...floors].reverse()])
      expect(triage(alert, { severityFloors }).effectiveSeverity).toBe('critical');
  });

  it('gives the same severity for every order of the floors, never below the product and never above a floor', () => {
    const anyFloor = fc.record({ at: fc.constantFrom(...severities), over: fc.option(fc.constantFrom(...severities)) });
    fc.assert(
      fc.property(fc.constantFrom(...severities), fc.array(anyFloor, { maxLength: 6 }), (severity, drawn) => {
        const floors = drawn.map(({ at, over }) => floor(at, over === null ? {} : { severity: over }));
        const one = triage({ ...alert, severity }, { severityFloors: floors }).effectiveSeverity;
        const other = triage({ ...alert, severity }, { severityFloors: [...floors].reverse() }).effectiveSeverity;
        expect(other).toBe(one);
        expect(severityId(one)).toBeGreaterThanOrEqual(severityId(countsAs(severity)));
        const allowed = [countsAs(severity), ...drawn.map((d) => d.at)];
        expect(allowed).toContain(one);
      }),
    );
  });
});
