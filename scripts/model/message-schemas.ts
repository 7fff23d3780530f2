import { fileURLToPath } from 'node:url';
import { VERSION } from '@anthropic-ai/sdk/version';
import { createGenerator } from 'ts-json-schema-generator';

const root = new URL('../../', import.meta.url);

/** JSON schemas of the Messages API as the installed SDK's types have it: closed objects, no prose, sorted. Takes seconds. */
export function messageSchemas(): Record<string, unknown> {
  const schema = createGenerator({
    path: fileURLToPath(new URL('test/model/fake/wire-types.ts', root)),
    tsconfig: fileURLToPath(new URL('tsconfig.json', root)),
    type: 'Wire',
    additionalProperties: false,
    expose: 'all',
    jsDoc: 'none',
    skipTypeCheck: true,
    sortProps: true,
  }).createSchema('Wire');
  const definitions = Object.entries(schema.definitions ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return { $comment: `@anthropic-ai/sdk ${VERSION}`, definitions: Object.fromEntries(definitions) };
}
