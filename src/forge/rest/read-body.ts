import type { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { RestContext } from './rest-app.ts';

/** The request's JSON body by that schema: 400 when it is not JSON, 422 in GitHub's words when it does not fit. */
export async function readBody<T>(c: RestContext, schema: z.ZodType<T>): Promise<T> {
  const text = await c.req.text();
  let value: unknown;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Refusal(422, `Invalid request.\n\nFor 'properties/${issue?.path.join('/')}', ${issue?.message}.`);
}
