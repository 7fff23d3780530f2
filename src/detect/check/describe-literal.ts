import { describeTest } from '../describe-test.ts';
import type { Literal } from './normal-form.ts';

/** A literal in words: `Image ends with "\cmd.exe"`. */
export function describeLiteral({ field, test, positive }: Literal): string {
  const asked = `${field ?? 'any value'} ${describeTest(test)}`;
  return positive ? asked : `not (${asked})`;
}
