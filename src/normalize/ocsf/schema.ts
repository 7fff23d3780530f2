import table from './schema.json' with { type: 'json' };

/** One attribute of an OCSF class or object, as the validator reads it. */
export interface AttributeSchema {
  type: string;
  array: boolean;
  required: boolean;
  /** The attribute belongs to this profile and is required only with it. */
  profile: string | undefined;
  /** Number → caption. */
  enum: Map<string, string> | undefined;
}

export interface NodeSchema {
  caption: string;
  attributes: Map<string, AttributeSchema>;
  atLeastOne: string[];
  justOne: string[];
}

export interface DataTypeSchema {
  base: string;
  range?: number[];
  maxLength?: number;
}

interface RawNode {
  caption: string;
  attributes: Record<string, string>;
  enums: Record<string, number>;
  constraints?: { at_least_one?: string[]; just_one?: string[] };
}

const enums = table.enums.map((values) => new Map(Object.entries(values as Record<string, string>)));

function nodeOf(raw: RawNode): NodeSchema {
  const attributes = Object.entries(raw.attributes).map(([name, text]): [string, AttributeSchema] => {
    const [type = '', requirement, profile] = text.split(' ');
    const values = raw.enums[name] === undefined ? undefined : enums[raw.enums[name]];
    const array = type.endsWith('[]');
    return [
      name,
      { type: array ? type.slice(0, -2) : type, array, required: requirement === 'required', profile, enum: values },
    ];
  });
  return {
    caption: raw.caption,
    attributes: new Map(attributes),
    atLeastOne: raw.constraints?.at_least_one ?? [],
    justOne: raw.constraints?.just_one ?? [],
  };
}

function nodesOf(raw: Record<string, RawNode>): Map<string, NodeSchema> {
  return new Map(Object.entries(raw).map(([key, node]) => [key, nodeOf(node)]));
}

/** The OCSF release the table was cut from. */
export const ocsfVersion = table.version;

/** Event classes by class number, objects and data types by name. Objects that are missing here are open. */
export const ocsfSchema = {
  classes: nodesOf(table.classes),
  objects: nodesOf(table.objects),
  types: new Map<string, DataTypeSchema>(Object.entries(table.types)),
};

/** The caption of an enumeration's number in a class or object: `caption('2004', 'severity_id', 4)` is `High`. */
export function ocsfCaption(node: string, attribute: string, value: number): string | undefined {
  const schema = ocsfSchema.classes.get(node) ?? ocsfSchema.objects.get(node);
  return schema?.attributes.get(attribute)?.enum?.get(String(value));
}
