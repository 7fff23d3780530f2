import type { DataType } from './read-schema.ts';
import type { Captions, ResolvedAttribute, ResolvedClass, ResolvedNode } from './resolve.ts';

export interface Resolved {
  version: string;
  types: Map<string, DataType>;
  classes: ResolvedClass[];
  objects: ResolvedNode[];
}

const notice = [
  'Made by scripts/ocsf-generate.ts from the Open Cybersecurity Schema Framework, not written by hand.',
  'Copyright © OCSF a Series of LF Projects, LLC. This project includes the ICD Schema developed by Symantec,',
  'a division of Broadcom. Licensed under the Apache License 2.0. Changed: names, numbers and types only,',
  'a part of the classes and objects, deprecated attributes left out.',
];

const primitives: Record<string, string> = {
  string_t: 'string',
  boolean_t: 'boolean',
  integer_t: 'number',
  long_t: 'number',
  float_t: 'number',
  json_t: 'unknown',
};

/** `finding_info` → `FindingInfo`. */
function pascalCase(name: string): string {
  return name.replace(/(?:^|_)([a-z0-9])/g, (_, first: string) => first.toUpperCase());
}

function baseType(resolved: Resolved, type: string): string {
  return resolved.types.get(type)?.type ?? type;
}

function typeName(resolved: Resolved, attribute: ResolvedAttribute, names: Set<string>): string {
  if (attribute.name === 'class_uid') return Object.keys(attribute.enum ?? {}).join('');
  const primitive = primitives[baseType(resolved, attribute.type)];
  const single = primitive ?? (names.has(attribute.type) ? pascalCase(attribute.type) : 'OpenObject');
  return attribute.array ? `${single}[]` : single;
}

function renderInterface(resolved: Resolved, node: ResolvedNode, names: Set<string>): string {
  const lines = node.attributes.map((a) => {
    const required = a.requirement === 'required' && a.profile === undefined;
    return `  ${a.name}${required ? '' : '?'}: ${typeName(resolved, a, names)};`;
  });
  return `/** OCSF ${node.caption}. */\nexport interface ${pascalCase(node.name)} {\n${lines.join('\n')}\n}\n`;
}

function header(resolved: Resolved): string {
  return [`// OCSF ${resolved.version}.`, ...notice].join('\n// ');
}

/** The objects as TypeScript interfaces, in Biome's format. */
export function renderObjectTypes(resolved: Resolved): string {
  const names = new Set(resolved.objects.map((o) => o.name));
  const open =
    '/** An OCSF object whose attributes are not written out here. */\nexport type OpenObject = Record<string, unknown>;\n';
  return [`${header(resolved)}\n`, open, ...resolved.objects.map((o) => renderInterface(resolved, o, names))].join(
    '\n',
  );
}

/** The event classes as TypeScript interfaces, with a union of all of them. */
export function renderEventTypes(resolved: Resolved): string {
  const names = new Set(resolved.objects.map((o) => o.name));
  const bodies = resolved.classes.map((c) => renderInterface(resolved, c, names));
  const used = [...names]
    .map(pascalCase)
    .filter((n) => bodies.some((body) => new RegExp(`\\b${n}(\\[\\])?;`).test(body)));
  const imports = [...used, 'OpenObject'].sort().map((n) => `  ${n},`);
  const union = resolved.classes.map((c) => `  | ${pascalCase(c.name)}`).join('\n');
  return [
    `${header(resolved)}\n`,
    `import type {\n${imports.join('\n')}\n} from './objects.ts';\n`,
    ...bodies,
    `/** Any finding Yagura writes. */\nexport type OcsfFinding =\n${union};\n`,
  ].join('\n');
}

/** `string_t[] required cloud`: type with array mark, requirement, and the profile it hangs on. */
function shorthand(a: ResolvedAttribute): string {
  return `${a.type}${a.array ? '[]' : ''} ${a.requirement}${a.profile ? ` ${a.profile}` : ''}`;
}

function compact(node: ResolvedNode, enums: Map<string, number>, extra: object): object {
  const enumerated = node.attributes.flatMap((a) => (a.enum ? [[a.name, enumIndex(enums, a.enum)] as const] : []));
  return {
    caption: node.caption,
    ...extra,
    attributes: Object.fromEntries(node.attributes.map((a) => [a.name, shorthand(a)])),
    enums: Object.fromEntries(enumerated),
    ...(Object.keys(node.constraints).length > 0 ? { constraints: node.constraints } : {}),
  };
}

function enumIndex(enums: Map<string, number>, values: Captions): number {
  const text = JSON.stringify(values);
  const known = enums.get(text);
  if (known !== undefined) return known;
  enums.set(text, enums.size);
  return enums.size - 1;
}

function lines(entries: [string, unknown][]): string {
  return entries.map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(',\n');
}

/** The table the validator reads: one class, object, type or enumeration a line, so that a change is a readable diff. */
export function renderTable(resolved: Resolved): string {
  const enums = new Map<string, number>();
  const classes = resolved.classes.map((c): [string, unknown] => [
    String(c.uid),
    compact(c, enums, { name: c.name, category: c.categoryCaption, categoryUid: c.categoryUid }),
  ]);
  const objects = resolved.objects.map((o): [string, unknown] => [o.name, compact(o, enums, {})]);
  const types = [...resolved.types].map(([name, t]): [string, unknown] => [
    name,
    { base: t.type ?? name, ...(t.range ? { range: t.range } : {}), ...(t.max_len ? { maxLength: t.max_len } : {}) },
  ]);
  const enumLines = [...enums.keys()].map((text) => `    ${text}`).join(',\n');
  return [
    '{',
    `  "version": ${JSON.stringify(resolved.version)},`,
    `  "notice": ${JSON.stringify(notice.join(' '))},`,
    `  "types": {\n${lines(types)}\n  },`,
    `  "classes": {\n${lines(classes)}\n  },`,
    `  "objects": {\n${lines(objects)}\n  },`,
    `  "enums": [\n${enumLines}\n  ]`,
    '}\n',
  ].join('\n');
}
