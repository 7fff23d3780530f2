import { timingSafeEqual } from 'node:crypto';
import { sha256 } from './canonical.ts';

/** Compares without telling by time how much of it was right, nor how long it is. An empty secret opens nothing. */
export function sameSecret(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(wanted))) && wanted !== '';
}
