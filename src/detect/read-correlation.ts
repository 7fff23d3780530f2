import { numberOf } from './evaluate-test.ts';
import { type Fault, type Fields, isFields, texts, unprintable } from './read-head.ts';
import { type Correlation, type CorrelationType, type CountCondition, correlationTypes } from './rule.ts';

/** A correlation section whose references are still names. */
export interface CorrelationSection
  extends Pick<Correlation, 'type' | 'groupBy' | 'timespan' | 'condition' | 'valueFields'> {
  rules: string[];
  aliases: Map<string, Map<string, string>>;
  percentile?: number;
  generate: boolean;
}

const keys = ['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate'];
const operators = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const;
const units = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Fields of `group-by`, and of `condition.field`, at most. */
const mostGrouped = 20;

/** Longest timespan, in seconds: what a window holds is kept in memory. */
const longestTimespan = 31 * units.d;

/** Reads `correlation` (correlation specification, "Correlation section"); faults are added to `faults`. */
export function readCorrelation(document: Fields, faults: Fault[]): CorrelationSection {
  const given = isFields(document.correlation) ? document.correlation : {};
  const fault = (key: string, message: string) => faults.push({ path: ['correlation', key], message });
  for (const key of Object.keys(given)) {
    if (!keys.includes(key)) fault(key, `A correlation knows no "${key}". There are: ${keys.join(', ')}.`);
  }
  const type = given.type as CorrelationType;
  if (!correlationTypes.includes(type)) fault('type', `The type is none of ${correlationTypes.join(', ')}.`);
  const rules = texts(given, 'rules', faults);
  if (rules.length === 0) fault('rules', 'A correlation names the rules it correlates.');
  const generate = given.generate ?? document.generate ?? false;
  if (typeof generate !== 'boolean') fault('generate', '"generate" is true or false.');
  const groupBy = texts(given, 'group-by', faults);
  if (groupBy.some((name) => unprintable.test(name))) fault('group-by', 'A field has control characters in its name.');
  if (groupBy.length > mostGrouped) fault('group-by', `There are more than ${mostGrouped} fields to group by.`);
  return {
    type,
    rules,
    groupBy,
    timespan: readTimespan(given.timespan, fault),
    aliases: readAliases(given.aliases, fault),
    ...readCount(given.condition, type, fault),
    generate: generate === true,
  };
}

type Complain = (key: string, message: string) => void;

function readTimespan(given: unknown, fault: Complain): number {
  const [, count = '', unit = ''] = /^(\d{1,8})([smhd])$/.exec(typeof given === 'string' ? given : '') ?? [];
  const seconds = Number(count) * (units[unit as keyof typeof units] ?? 0);
  if (given === undefined) fault('timespan', 'A timespan is missing, such as 10m.');
  else if (!(seconds > 0)) fault('timespan', `The timespan "${given}" is no number of s, m, h or d, such as 10m.`);
  else if (seconds > longestTimespan)
    fault('timespan', 'The timespan is longer than 31d, the longest window there is.');
  return seconds;
}

function readAliases(given: unknown, fault: Complain): Map<string, Map<string, string>> {
  const aliases = new Map<string, Map<string, string>>();
  if (given === undefined || given === null) return aliases;
  if (!isFields(given)) fault('aliases', 'Aliases are a map of names.');
  for (const [alias, fields] of Object.entries(isFields(given) ? given : {})) {
    const named = isFields(fields) ? Object.entries(fields) : [];
    if (named.length === 0 || !named.every(([, field]) => typeof field === 'string' && !unprintable.test(field)))
      fault('aliases', `The alias "${alias}" is no map of rule names to fields.`);
    aliases.set(alias, new Map(named.map(([rule, field]) => [rule, String(field)])));
  }
  return aliases;
}

function readCount(given: unknown, type: CorrelationType, fault: Complain) {
  const temporal = type === 'temporal' || type === 'temporal_ordered';
  const condition: CountCondition = {};
  const none = { condition, valueFields: [] as string[] };
  if (given === undefined || given === null) {
    if (!temporal) fault('condition', 'A condition is missing, such as gte: 10.');
    return none;
  }
  if (!isFields(given)) {
    fault('condition', 'The condition is a map such as gte: 10; conditions of words are no part of the specification.');
    return none;
  }
  for (const [key, value] of Object.entries(given)) {
    const operator = operators.find((one) => one === key);
    const number = numberOf(value);
    if (operator && number !== undefined) condition[operator] = number;
    else if (operator) fault('condition', `"${key}" takes a number.`);
    else if (key !== 'field' && key !== 'percentile')
      fault(
        'condition',
        `A condition knows no "${key}". There are: ${[...operators, 'field', 'percentile'].join(', ')}.`,
      );
  }
  if (!temporal && Object.keys(condition).length === 0)
    fault('condition', `The condition has none of ${operators.join(', ')}.`);
  const valueFields = texts(given, 'field', []);
  if (String(type).startsWith('value_') && valueFields.length === 0)
    fault('condition', `${type} needs the field whose values it takes: condition.field.`);
  if (valueFields.length > mostGrouped) fault('condition', `There are more than ${mostGrouped} fields to count.`);
  if (valueFields.some((name) => unprintable.test(name)))
    fault('condition', 'A field has control characters in its name.');
  if (['value_sum', 'value_avg', 'value_percentile'].includes(type) && valueFields.length > 1)
    fault('condition', `${type} takes one field.`);
  if (given.percentile === undefined) return { condition, valueFields };
  const percentile = numberOf(given.percentile);
  if (type !== 'value_percentile' || percentile === undefined || percentile < 0 || percentile > 100)
    fault('condition', '"percentile" is a number from 0 to 100 of value_percentile.');
  return { condition, valueFields, percentile: Number(percentile) };
}
