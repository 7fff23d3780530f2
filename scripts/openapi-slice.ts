import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Cuts the operations and webhooks listed in test/forge/openapi/operations.json out of GitHub's OpenAPI descriptions:
 * response and payload schemas only, structure without prose, in a form Ajv takes as it is.
 *
 *   npm pack @octokit/openapi@23.0.2 @octokit/openapi-webhooks@12.1.0     (in a scratch folder; 385 MB unpacked)
 *   node scripts/openapi-slice.ts --rest …/api.github.com.json --webhooks …/api.github.com.json
 *   npx biome check --write test/forge/openapi
 */

type Json = null | boolean | number | string | Json[] | JsonObject;
interface JsonObject {
  [key: string]: Json;
}

const PROSE = new Set([
  'description',
  'example',
  'examples',
  'title',
  'externalDocs',
  'default',
  'deprecated',
  'readOnly',
]);
/** Keys whose values are maps from names to schemas: a property may well be called `description`. */
const MAPS = new Set(['properties', 'patternProperties']);

const folder = join(dirname(import.meta.dirname), 'test/forge/openapi');
const { values } = parseArgs({ options: { rest: { type: 'string' }, webhooks: { type: 'string' } } });
if (!values.rest || !values.webhooks) {
  console.error('Use: node scripts/openapi-slice.ts --rest api.github.com.json --webhooks api.github.com.json');
  process.exit(2);
}
const wanted = JSON.parse(readFileSync(join(folder, 'operations.json'), 'utf8'));
const rest = objectAt(JSON.parse(readFileSync(values.rest, 'utf8')));
const hooks = objectAt(JSON.parse(readFileSync(values.webhooks, 'utf8')));
write('rest.json', slice(rest, Object.fromEntries(wanted.rest.map((name: string) => [name, responsesOf(name)]))));
write('webhooks.json', slice(hooks, payloads(wanted.webhooks)));

/** Response schemas by status; null where GitHub answers without a body. */
function responsesOf(operation: string): JsonObject {
  const [method = '', path = ''] = operation.split(' ');
  const template = Object.keys(objectAt(rest.paths)).find((known) => unnamed(known) === unnamed(path));
  const found = template && objectAt(objectAt(rest.paths)[template])[method.toLowerCase()];
  if (!found) throw new Error(`GitHub's description has no ${operation}.`);
  const responses = Object.entries(objectAt(objectAt(found).responses));
  return Object.fromEntries(responses.map(([status, response]) => [status, bodyOf(resolved(rest, response))]));
}

/** GitHub names each event and action: `issues` + `opened` is `issues-opened`. */
function payloads(names: string[]): JsonObject {
  const known = Object.entries(objectAt(hooks.webhooks));
  return Object.fromEntries(
    names.map((name) => {
      const id = name.replaceAll('_', '-').replace('.', '/');
      const hook = known.find(([, value]) => objectAt(objectAt(value).post).operationId === id);
      if (!hook) throw new Error(`GitHub's description has no webhook ${name}.`);
      return [name, bodyOf(objectAt(objectAt(hook[1]).post).requestBody)];
    }),
  );
}

function bodyOf(holder: Json | undefined): Json {
  const content = holder && objectAt(holder).content;
  const schema = content && objectAt(objectAt(content)['application/json'] ?? {}).schema;
  return schema ?? null;
}

/** The roots with everything they refer to, stripped; components of equal structure become one. */
function slice(document: JsonObject, roots: JsonObject): JsonObject {
  const schemas: JsonObject = {};
  const visit = (schema: Json): Json => {
    const clean = strip(schema);
    for (const name of referredTo(clean)) {
      if (name in schemas) continue;
      schemas[name] = null;
      schemas[name] = visit(componentOf(document, name));
    }
    return clean;
  };
  const visited = mapLeaves(roots, visit);
  return merged({ roots: visited, schemas });
}

/** Roots are one level deep for webhooks and two (status) for REST. */
function mapLeaves(roots: JsonObject, visit: (schema: Json) => Json): JsonObject {
  const entries = Object.entries(roots).map(([name, value]): [string, Json] => {
    const byStatus = value !== null && Object.keys(objectAt(value)).every((key) => /^\d{3}$/.test(key));
    return [name, byStatus ? mapLeaves(objectAt(value), visit) : value === null ? null : visit(value)];
  });
  return Object.fromEntries(entries);
}

function strip(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(strip);
  if (schema === null || typeof schema !== 'object') return schema;
  const kept: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (PROSE.has(key) || key.startsWith('x-') || key === 'nullable' || key === 'discriminator') continue;
    if (key === 'enum' || key === 'const') kept[key] = value;
    else if (MAPS.has(key)) {
      kept[key] = Object.fromEntries(Object.entries(objectAt(value)).map(([name, one]) => [name, strip(one)]));
    } else if (key === '$ref') kept[key] = String(value).replace('#/components/schemas/', '#/schemas/');
    else kept[key] = strip(value);
  }
  return schema.nullable === true ? orNull(kept) : kept;
}

/** OpenAPI 3.0's `nullable` in JSON Schema's words. */
function orNull(schema: JsonObject): JsonObject {
  const { type } = schema;
  if (typeof type !== 'string') return Object.keys(schema).length === 0 ? {} : { anyOf: [schema, { type: 'null' }] };
  const values = schema.enum;
  return {
    ...schema,
    type: [type, 'null'],
    ...(Array.isArray(values) ? { enum: [...new Set([...values, null])] } : {}),
  };
}

function referredTo(value: Json): string[] {
  return [...JSON.stringify(value).matchAll(/"#\/schemas\/([^"]+)"/g)].map((match) => match[1] ?? '');
}

/** Merging may make others equal, so it is repeated until nothing changes. */
function merged(sliced: { roots: JsonObject; schemas: JsonObject }): JsonObject {
  let text = sliced;
  for (;;) {
    const first = new Map<string, string>();
    const same = new Map<string, string>();
    for (const [name, schema] of Object.entries(text.schemas).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const key = JSON.stringify(schema);
      const known = first.get(key);
      if (known === undefined) first.set(key, name);
      else same.set(name, known);
    }
    if (same.size === 0) return { roots: text.roots, schemas: sorted(text.schemas) };
    const kept = Object.fromEntries(Object.entries(text.schemas).filter(([name]) => !same.has(name)));
    const renamed = JSON.stringify({ roots: text.roots, schemas: kept }).replace(
      /"#\/schemas\/([^"]+)"/g,
      (whole, name: string) => (same.has(name) ? `"#/schemas/${same.get(name)}"` : whole),
    );
    text = JSON.parse(renamed);
  }
}

function sorted(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function componentOf(document: JsonObject, name: string): Json {
  const found = objectAt(objectAt(document.components).schemas)[name];
  if (found === undefined) throw new Error(`GitHub's description refers to ${name} and does not define it.`);
  return found;
}

/** A response may be a reference to a shared one. */
function resolved(document: JsonObject, value: Json): JsonObject {
  const object = objectAt(value);
  const name = typeof object.$ref === 'string' ? object.$ref.split('/').at(-1) : undefined;
  return name === undefined ? object : objectAt(objectAt(objectAt(document.components).responses)[name]);
}

function unnamed(path: string): string {
  return path.replaceAll(/\{[^}]+\}/g, '{}');
}

function objectAt(value: Json | undefined): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new Error('Not an OpenAPI description.');
  return value;
}

function write(name: string, value: JsonObject): void {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  writeFileSync(join(folder, name), text);
  console.log(`${name}: ${Object.keys(objectAt(value.roots)).length} roots, ${Math.round(text.length / 1024)} kB`);
}
