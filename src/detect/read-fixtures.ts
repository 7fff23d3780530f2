import { isFields } from './read-head.ts';
import type { Logsource, NativeEvent } from './rule.ts';
import type { YamlDocument } from './yaml-documents.ts';

/** One entry of `tests`: events, and whether the document they stand in matches them. */
export interface Fixture {
  name: string;
  match: boolean;
  /** One for a rule, in time order for a correlation. */
  events: NativeEvent[];
  /** Overrides what the events are recognized as. */
  logsource?: Logsource;
  /** Its place in `tests`. */
  index: number;
}

/** Why an entry of `tests` cannot be run. */
export interface FixtureFault {
  /** Its place in `tests`; undefined when that is no list. */
  index: number | undefined;
  message: string;
}

const logsourceKeys = ['category', 'product', 'service'];

/** Reads the `tests` of a document; none when it has no such key. */
export function readFixtures(document: YamlDocument, of: 'rule' | 'correlation'): (Fixture | FixtureFault)[] {
  const tests = isFields(document.value) ? document.value.tests : undefined;
  if (tests === undefined || tests === null) return [];
  if (!Array.isArray(tests)) return [{ index: undefined, message: '"tests" is a list.' }];
  return tests.map((given: unknown, index) => {
    const read = readFixture(given, of);
    return typeof read === 'string' ? { index, message: read } : { ...read, index };
  });
}

function readFixture(given: unknown, of: 'rule' | 'correlation'): Omit<Fixture, 'index'> | string {
  if (!isFields(given)) return 'A test is a map of name, match and event.';
  const key = of === 'rule' ? 'event' : 'events';
  const allowed = ['name', 'match', key, 'logsource'];
  const strange = Object.keys(given).find((one) => !allowed.includes(one));
  if (strange !== undefined) return `A test of a ${of} knows no "${strange}". There are: ${allowed.join(', ')}.`;
  const { name, match, logsource } = given;
  if (typeof name !== 'string' || name.trim() === '') return 'The test has no name: say in it what happens.';
  if (typeof match !== 'boolean') return `The test "${name}" does not say match: true or match: false.`;
  const events = of === 'rule' ? [given.event] : given.events;
  if (!Array.isArray(events) || events.length === 0 || !events.every(isFields))
    return of === 'rule'
      ? `The test "${name}" has no event: a map, as its product writes it.`
      : `The test "${name}" has no events: a list of maps in the order of their times.`;
  if (logsource === undefined) return { name, match, events };
  if (!isLogsource(logsource)) return `The logsource of the test "${name}" is a map of ${logsourceKeys.join(', ')}.`;
  return { name, match, events, logsource };
}

function isLogsource(given: unknown): given is Logsource {
  return (
    isFields(given) &&
    Object.entries(given).every(([key, value]) => logsourceKeys.includes(key) && typeof value === 'string')
  );
}
