import type { z } from 'zod';
import { YaguraError } from './domain/error.ts';

/** `process.env`, or a test's. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a variable may hold: the check, and the same in words. */
export interface Rule<T> {
  schema: z.ZodType<T>;
  allowed: string;
}

/** The variable's value, or the fallback when it is unset or empty. Throws `YaguraError('settings')`. */
export function readVariable<T, D>(env: Environment, name: string, rule: Rule<T>, fallback: D): T | D {
  const text = env[name]?.trim();
  if (!text) return fallback;
  const result = rule.schema.safeParse(text);
  if (result.success) return result.data;
  throw new YaguraError('settings', `${name} must be ${rule.allowed}.`);
}
