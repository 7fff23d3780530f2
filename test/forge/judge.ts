import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

/** Cut from GitHub's own descriptions by scripts/openapi-slice.ts. */
interface Slice {
  roots: Record<string, unknown>;
  schemas: Record<string, unknown>;
}

const folder = join(import.meta.dirname, 'openapi');
const operations: { rest: string[]; undocumented: Record<string, string>; webhooks: string[] } =
  json('operations.json');
const rest: Slice = json('rest.json');
const webhooks: Slice = json('webhooks.json');
const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: true });
formats.default(ajv);
// GitHub's own bots have addresses that the strict format refuses: `1+some-app[bot]@users.noreply.github.com`.
ajv.addFormat('email', /^[^@\s]+@[^@\s]+$/);
ajv.addSchema({ $id: 'rest', ...rest });
ajv.addSchema({ $id: 'webhooks', ...webhooks });
const compiled = new Map<string, ValidateFunction>();

/** A listed operation as a request is held against it; the more literal comes first: `/issues/comments` before `/issues/{issue_number}`. */
interface Listed {
  name: string;
  method: string;
  template: string;
  pattern: RegExp;
}

/** Every operation and webhook the forge claims to serve. */
export const judged = {
  rest: [...operations.rest, ...Object.keys(operations.undocumented)],
  webhooks: operations.webhooks,
};

const listed: Listed[] = judged.rest
  .map((name) => {
    const [method = '', template = ''] = name.split(' ');
    return { name, method, template, pattern: patternOf(template) };
  })
  .toSorted((a, b) => literals(b.template) - literals(a.template));

/** The listed operation a request belongs to, `METHOD /path/{template}`; undefined when GitHub has no such one here. */
export function operationOf(method: string, path: string): string | undefined {
  const clean = new URL(path, 'http://localhost').pathname.replace(/^\/api\/v3(?=\/)/, '');
  const same = listed.filter((one) => one.method === method.toUpperCase());
  const decoded = decodeURI(clean);
  return same.find((one) => one.template === decoded || one.pattern.test(clean))?.name;
}

/**
 * What is wrong with a response by GitHub's description; empty when nothing is. `path` is a URL, a path or a template.
 * An operation or a status the description does not know is an error too; 5xx and 304 have no schema anywhere.
 */
export function judgeResponse(method: string, path: string, status: number, body: unknown): string[] {
  const name = operationOf(method, path);
  if (name === undefined) return [`${method} ${path} is not among the operations in operations.json`];
  if (status >= 500 || status === 304) return [];
  const documented = operations.undocumented[name] ?? name;
  const responses = rest.roots[documented];
  if (typeof responses !== 'object' || responses === null) return [`${documented} is missing in rest.json`];
  if (!(status in responses)) return refusal(name, status, body);
  const schema = (responses as Record<string, unknown>)[status];
  if (schema === null) {
    if (isEmpty(body)) return [];
    // Where the description leaves a refusal's body out, GitHub sends the usual one.
    return status >= 400 ? refusal(name, status, body) : [`${name} ${status}: GitHub sends no body`];
  }
  return check('rest', ['roots', documented, String(status)], `${name} ${status}`, body);
}

/** What is wrong with a webhook's payload by GitHub's description; empty when nothing is. */
export function judgeWebhook(event: string, payload: unknown): string[] {
  const action = typeof payload === 'object' && payload !== null && 'action' in payload ? String(payload.action) : '';
  const name = webhooks.roots[event] === undefined ? `${event}.${action}` : event;
  if (webhooks.roots[name] === undefined) return [`${name} is not among the webhooks in operations.json`];
  return check('webhooks', ['roots', name], name, payload);
}

/** GitHub documents some refusals per operation and gives all of them one shape. */
function refusal(name: string, status: number, body: unknown): string[] {
  if (![400, 401, 403, 404, 405, 409, 410, 415, 422, 429].includes(status))
    return [`${name}: GitHub never answers ${status}`];
  const basic = { $ref: 'rest#/schemas/basic-error' };
  const problems = checked('basic-error', basic, `${name} ${status}`, body);
  const hasMessage = typeof body === 'object' && body !== null && 'message' in body;
  return hasMessage ? problems : [...problems, `${name} ${status}: no message`];
}

function check(id: string, pointer: string[], name: string, body: unknown): string[] {
  const path = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  return checked(`${id}/${path}`, { $ref: `${id}#/${path}` }, name, body);
}

function checked(key: string, schema: object, name: string, body: unknown): string[] {
  const validate = compiled.get(key) ?? ajv.compile(schema);
  compiled.set(key, validate);
  if (validate(body)) return [];
  return (validate.errors ?? []).map((error) => `${name}: ${sentenceOf(error)}`);
}

function sentenceOf(error: ErrorObject): string {
  return `${error.instancePath || 'the body'} ${error.message ?? 'is wrong'} ${JSON.stringify(error.params)}`;
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === null || body === '';
}

/** `{ref}`, `{path}` and `{basehead}` may hold slashes. */
function patternOf(template: string): RegExp {
  const source = template
    .replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace(/\/\{path\}$/, '(/.*)?')
    .replaceAll(/\{(ref|basehead|branch)\}/g, '.*')
    .replaceAll(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${source}$`);
}

function literals(template: string): number {
  return template.split('/').filter((part) => !part.startsWith('{')).length;
}

function json<T>(name: string): T {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}
