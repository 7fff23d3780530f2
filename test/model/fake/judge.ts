import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Wire } from './wire-types.ts';

/** What `scripts/model-schemas.ts` wrote. */
const schemas: { $comment: string; definitions: Record<string, unknown> } = JSON.parse(
  readFileSync(new URL('schemas/messages.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv({ strict: false, strictNumbers: true, allErrors: false });
ajv.addSchema({ $id: 'messages', definitions: schemas.definitions });
const compiled = new Map<keyof Wire, ValidateFunction>();

/** The SDK the schemas were made from, `@anthropic-ai/sdk 1.2.3`. */
export const judgedBy = schemas.$comment;

/** What is wrong with a value by the SDK's types, as a short text; undefined when nothing is. */
export function judge(kind: keyof Wire, value: unknown): string | undefined {
  let validate = compiled.get(kind);
  if (!validate) {
    validate = ajv.compile({ $ref: `messages#/definitions/Wire/properties/${kind}` });
    compiled.set(kind, validate);
  }
  if (validate(value)) return undefined;
  // Of the many branches of a union the deepest complaint is the one that is meant.
  const [worst] = (validate.errors ?? []).toSorted((a, b) => b.instancePath.length - a.instancePath.length);
  const detail = worst?.params.additionalProperty ?? worst?.params.missingProperty ?? '';
  return `${kind}${worst?.instancePath ?? ''} ${worst?.message ?? 'is wrong'} ${detail}`.trim();
}
