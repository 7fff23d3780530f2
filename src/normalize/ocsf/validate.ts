import ipaddr from 'ipaddr.js';
import { type AttributeSchema, type NodeSchema, ocsfSchema } from './schema.ts';

interface Check {
  profiles: Set<string>;
  found: string[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/**
 * What is wrong with an OCSF event, one sentence each with the path; empty when it is valid.
 * Objects outside the table are only checked to be objects. Never throws.
 */
export function validateOcsf(event: unknown): string[] {
  if (!isRecord(event)) return ['The event is not an object.'];
  const schema = ocsfSchema.classes.get(String(event.class_uid));
  if (schema === undefined) return [`class_uid ${String(event.class_uid)} is not a class Yagura knows.`];
  const check: Check = { profiles: profilesOf(event), found: [] };
  checkNode(schema, event, '', check);
  const type = Number(event.class_uid) * 100 + Number(event.activity_id);
  if (event.type_uid !== type)
    check.found.push(`type_uid must be class_uid * 100 + activity_id, which is ${String(type)}.`);
  return check.found;
}

function profilesOf(event: Record<string, unknown>): Set<string> {
  const listed = isRecord(event.metadata) ? event.metadata.profiles : undefined;
  return new Set(Array.isArray(listed) ? listed.map(String) : []);
}

function checkNode(schema: NodeSchema, value: Record<string, unknown>, path: string, check: Check): void {
  for (const [name, attribute] of schema.attributes) {
    const given = value[name];
    const where = path === '' ? name : `${path}.${name}`;
    if (given !== undefined) checkAttribute(attribute, given, where, check);
    else if (attribute.required && (attribute.profile === undefined || check.profiles.has(attribute.profile)))
      check.found.push(`${where} is missing; ${schema.caption} requires it.`);
  }
  for (const name of Object.keys(value)) {
    if (!schema.attributes.has(name))
      check.found.push(`${path === '' ? name : `${path}.${name}`} is not an attribute of ${schema.caption}.`);
  }
  checkConstraints(schema, value, path === '' ? 'The event' : path, check);
}

function checkConstraints(schema: NodeSchema, value: Record<string, unknown>, where: string, check: Check): void {
  const present = (names: string[]) => names.filter((name) => value[name] !== undefined).length;
  if (schema.atLeastOne.length > 0 && present(schema.atLeastOne) === 0)
    check.found.push(`${where} needs at least one of ${schema.atLeastOne.join(', ')}.`);
  if (schema.justOne.length > 0 && present(schema.justOne) !== 1)
    check.found.push(`${where} needs exactly one of ${schema.justOne.join(', ')}.`);
}

function checkAttribute(attribute: AttributeSchema, value: unknown, where: string, check: Check): void {
  if (!attribute.array) {
    checkValue(attribute, value, where, check);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      checkValue(attribute, item, `${where}[${index}]`, check);
    });
  } else {
    check.found.push(`${where} must be an array.`);
  }
}

function checkValue(attribute: AttributeSchema, value: unknown, where: string, check: Check): void {
  const type = ocsfSchema.types.get(attribute.type);
  if (type === undefined) {
    const object = ocsfSchema.objects.get(attribute.type);
    if (!isRecord(value)) check.found.push(`${where} must be an object.`);
    else if (object !== undefined) checkNode(object, value, where, check);
    return;
  }
  const wrong = wrongPrimitive(type.base, value);
  if (wrong !== undefined) {
    check.found.push(`${where} must be ${wrong}.`);
    return;
  }
  if (type.range !== undefined && !inRange(type.range, value)) check.found.push(`${where} is out of range.`);
  if (type.maxLength !== undefined && String(value).length > type.maxLength)
    check.found.push(`${where} is longer than ${type.maxLength} characters.`);
  if (attribute.type === 'ip_t' && !ipaddr.isValid(String(value))) check.found.push(`${where} is not an IP address.`);
  if (attribute.enum !== undefined && !attribute.enum.has(String(value)))
    check.found.push(`${where} is ${String(value)}, which its enumeration lacks.`);
}

function inRange(range: number[], value: unknown): boolean {
  const [low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY] = range;
  return typeof value === 'number' && value >= low && value <= high;
}

function wrongPrimitive(base: string, value: unknown): string | undefined {
  switch (base) {
    case 'string_t':
      return typeof value === 'string' ? undefined : 'a string';
    case 'boolean_t':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'integer_t':
    case 'long_t':
      return Number.isSafeInteger(value) ? undefined : 'a whole number';
    case 'float_t':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : 'a number';
    default:
      return undefined;
  }
}
