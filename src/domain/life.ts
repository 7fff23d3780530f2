import type { ParsedAlert } from './alert.ts';

/** One thing a source said of an alert, and when it happened by the source's clock. */
export interface Step {
  lifecycle: ParsedAlert['lifecycle'];
  at: Date;
}

/** Whether there is nothing left to do about the alert after this step, says its source. */
export function ends(lifecycle: ParsedAlert['lifecycle']): boolean {
  return lifecycle === 'fixed' || lifecycle === 'dismissed';
}

/**
 * Whether `b` is the later step of one alert's life, in whatever order the two arrive. Sources count whole seconds: of
 * two at once an end is the later one, and a fix later than a dismissal.
 */
export function isLater(b: Step, a: Step): boolean {
  const apart = b.at.getTime() - a.at.getTime();
  return apart === 0 ? rank(b) > rank(a) : apart > 0;
}

function rank({ lifecycle }: Step): number {
  return [undefined, 'reopened', 'dismissed', 'fixed'].indexOf(lifecycle);
}
