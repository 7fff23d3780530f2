import { expect, it } from 'vitest';
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
