import { code, prose } from '../publish/text.ts';
import type { CommandCall } from './command.ts';

/** A resource that cannot be used here, and why, as `/readyz` has it in its notes. */
export function whyOff(call: Pick<CommandCall, 'unavailable' | 'locale'>, resource: string): string {
  return `${code(resource)} (${prose((call.unavailable.get(resource)?.[call.locale.language] ?? '').replace(/[.。]$/, ''))})`;
}
