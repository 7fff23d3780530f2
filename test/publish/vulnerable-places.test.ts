import { expect, it } from 'vitest';
import { exposureEndWords } from '../../src/messages/exposure-end.ts';
import { vulnerablePlaces } from '../../src/publish/vulnerable-places.ts';
import { vulnerability } from './stories.ts';

it('is mended everywhere only when no place is open, also among those that are not loaded', () => {
  const view = vulnerability();
  if (!view.mending) throw new Error('the story has no time to mend');
  const alerts = view.alerts.map((alert) => ({ ...alert, lifecycle: 'fixed' as const }));
  const told = (all: { places: number; open: number }) =>
    vulnerablePlaces({ ...view, alerts, alertTotal: 900, mending: { ...view.mending, all } as typeof view.mending });
  expect(told({ places: 240, open: 2 })).toContain('To mend: 2 of 240');
  expect(told({ places: 240, open: 2 })).toContain(`${240 - alerts.length} more`);
  expect(told({ places: alerts.length, open: 0 })).not.toMatch(/To mend|more/);
});

it('says of what bears on its day only what is known, and in one sentence that nothing is', () => {
  const view = vulnerability();
  if (!view.mending) throw new Error('the story has no time to mend');
  const { epss: _, ...mending } = { ...view.mending, exposed: false, listed: false };
  const line = (language: 'en' | 'ja', more: Partial<typeof view.mending>) =>
    vulnerablePlaces({
      ...view,
      policy: { ...view.policy, language },
      mending: { ...mending, ...more },
    }).split('\n')[1];
  expect(line('en', {})).toBe('severity high · whether it is exploited or exposed is not known here');
  expect(line('ja', {})).toBe('重大度 high · 悪用や外部公開の情報はありません');
  expect(line('en', { exposed: true })).toBe('severity high · **exposed**, says the context');
  expect(line('en', { listed: true })).toBe('severity high · not in the KEV list');
  expect(line('ja', { epss: 0.021 })).toBe('重大度 high · EPSS 2.1 % (30 日以内に悪用される確率)');
});

it('tells why a place is over in the language of its issue, and quotes what a source says', () => {
  const view = vulnerability();
  const ja = { ...view.policy, language: 'ja' as const };
  const told = (lifecycleWhy: string) =>
    vulnerablePlaces({
      ...view,
      policy: ja,
      alerts: view.alerts.map((alert) => ({ ...alert, lifecycle: 'dismissed' as const, lifecycleWhy })),
    });
  for (const why of Object.values(exposureEndWords.table)) {
    expect(told(why.en)).toContain(`却下 (${why.ja})`);
    expect(told(why.en)).not.toContain(why.en);
  }
  expect(told('tolerable_risk')).toContain('却下 (`tolerable_risk`)');
});

it('says of each open place what mends it where that is not the same, and which version is there', () => {
  const view = vulnerability();
  const { mending } = view;
  if (!mending) throw new Error('the story has no time to mend');
  const fixes = ['9.9.9', undefined, '1.4.2'];
  const alerts = view.alerts.map(
    (
      {
        lifecycle: _,
        place: { fixed: _fixed, ...place } = { by: 'dependabot' as const, repository: '', package: '' },
        ...alert
      },
      k,
    ) => {
      const fixed = fixes[k];
      return { ...alert, place: { ...place, ...(fixed !== undefined && { fixed }) } };
    },
  );
  const [first] = alerts;
  const held = { [first?.id ?? '']: { owners: [], installed: '1.3.0' } };
  const told = (language: 'en' | 'ja') =>
    vulnerablePlaces({
      ...view,
      policy: { ...view.policy, language },
      alerts,
      mending: { ...mending, places: held, all: { places: 3, open: 3 } },
    });
  expect(told('en').split('\n')[0]).not.toContain('fixed in');
  expect(told('en')).toContain('`1.3.0` in use, vulnerable `< 1.4.2`, fixed in `9.9.9`');
  expect(told('en').match(/fixed in `|no fixed version yet/g)).toHaveLength(3);
  expect(told('ja')).toContain('修正版 `9.9.9`');
  expect(told('ja')).toContain('修正版なし');
  expect(vulnerablePlaces(view).match(/fixed in/g)).toHaveLength(1);
});

it('leaves out what an advisory says of a place only where Dependabot follows that advisory there', () => {
  const { mending: _, ...view } = vulnerability();
  const [alert] = view.alerts;
  if (alert === undefined) throw new Error('the story has no alert');
  const place = { repository: 'acme/shop-api', package: 'left-padder' };
  const lines = (follows: string, ecosystem = 'npm', name = place.package) =>
    vulnerablePlaces({
      ...view,
      alerts: [
        { ...alert, place: { ...place, ecosystem, package: name, by: 'dependabot', ghsa: follows } },
        { ...alert, place: { ...place, ecosystem, by: 'advisory', ghsa: 'GHSA-2222-3333-5555' } },
      ],
    }).match(/^- /gm);
  expect(lines('GHSA-2222-3333-4444')).toHaveLength(2);
  expect(lines('GHSA-2222-3333-5555')).toHaveLength(1);
  expect(lines('GHSA-2222-3333-5555', 'npm', 'left_padder')).toHaveLength(2);
  expect(lines('GHSA-2222-3333-5555', 'pip', 'left_padder')).toHaveLength(1);
});
