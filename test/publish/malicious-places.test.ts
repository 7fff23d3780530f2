import { describe, expect, it } from 'vitest';
import type { AlertView, IncidentView } from '../../src/domain/incident-view.ts';
import { exposureEndWords } from '../../src/messages/exposure-end.ts';
import { maliciousPlaces } from '../../src/publish/malicious-places.ts';
import { maliciousPackage } from './stories.ts';

type Stand = AlertView['lifecycle'];

/** The repository that two told of, as each of them says that it stands. */
function toldBy(advisory: Stand, dependabot: Stand, language: 'en' | 'ja' = 'en'): string {
  const view = maliciousPackage();
  const [one] = view.alerts;
  if (!one?.place) throw new Error('the story has no place');
  const { lifecycle: _none, ...alert } = one;
  const alerts = [advisory, dependabot].map((lifecycle) => ({ ...alert, ...(lifecycle && { lifecycle }) }));
  const shown: IncidentView = { ...view, alerts, policy: { ...view.policy, language } };
  return maliciousPlaces(shown);
}

describe('a place of a malicious package', () => {
  it('is there until all who told of it say that it is gone', () => {
    expect(toldBy('fixed', 'fixed')).toContain('not there any more');
    expect(toldBy('fixed', undefined)).not.toContain('not there any more');
    expect(toldBy(undefined, 'fixed')).not.toContain('not there any more');
    expect(toldBy('reopened', 'fixed')).not.toContain('not there any more');
  });

  it('is not gone because it was dismissed', () => {
    expect(toldBy(undefined, 'dismissed')).not.toMatch(/not there any more|dismissed/);
    for (const language of ['en', 'ja'] as const) {
      const said = toldBy('fixed', 'dismissed', language);
      expect(said).toContain(language === 'en' ? 'dismissed, which says not that it is gone' : '却下済み');
      expect(said).not.toMatch(/not there any more|現在はなし/);
    }
  });

  it('is only possible where nobody can tell it of the version', () => {
    const view = maliciousPackage();
    const told = (...certain: (boolean | undefined)[]) => {
      const alerts = view.alerts.slice(0, 1).flatMap((alert) => {
        if (!alert.place) throw new Error('the story has no place');
        const { certain: _none, ...place } = alert.place;
        return certain.map((one) => ({
          ...alert,
          place: { ...place, installed: 'v45', ...(one !== undefined && { certain: one }) },
        }));
      });
      return maliciousPlaces({ ...view, alerts });
    };
    expect(told(false)).toContain('possible, it cannot be told of `v45`');
    for (const certain of [[true], [undefined], [false, true], [true, false], [false, undefined]])
      expect(told(...certain)).not.toContain('possible');
  });

  it('is one place however its name is written in PyPI', () => {
    const view = maliciousPackage();
    const [alert] = view.alerts;
    if (!alert?.place) throw new Error('the story has no place');
    const { place } = alert;
    const lines = (ecosystem: string) => {
      const named = ['Left_Padder', 'left-padder'].map((name) => ({ ...place, ecosystem, package: name }));
      return maliciousPlaces({ ...view, alerts: named.map((one) => ({ ...alert, place: one })) }).match(/^- /gm);
    };
    expect(lines('pip')).toHaveLength(1);
    expect(lines('npm')).toHaveLength(2);
  });

  it('says why it was dismissed, in the language of its issue', () => {
    const view = maliciousPackage();
    const dismissed = { lifecycle: 'dismissed' as const, lifecycleWhy: exposureEndWords('en').harmless };
    const alerts = view.alerts.map((alert) => ({ ...alert, ...dismissed }));
    expect(maliciousPlaces({ ...view, alerts, policy: { ...view.policy, language: 'ja' } })).toContain(
      `却下済み (${exposureEndWords('ja').harmless}。除去されたとは限りません)`,
    );
  });
});
