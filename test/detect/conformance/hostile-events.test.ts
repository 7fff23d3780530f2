import { describe, expect, test } from 'vitest';
import { Engine } from '../../../src/detect/engine.ts';
import { explain } from '../../../src/detect/explain.ts';
import type { NativeEvent } from '../../../src/detect/rule.ts';
import { detecting, reading } from '../one-rule.ts';

const logsource = { category: 'test' };
const deep = 50_000;
const nested = (open: string, close: string): NativeEvent =>
  JSON.parse(`{"F": ${open.repeat(deep)}1${close.repeat(deep)}, "G": "x"}`);

/** Events as no product writes them, and someone who wants the process to end does. */
const events: Record<string, NativeEvent> = {
  'maps in maps': nested('{"a":', '}'),
  'maps in maps along the path a rule asks for': nested('{"F":', '}'),
  'arrays in arrays': nested('[', ']'),
  'arrays and maps in turns': nested('[{"F":', '}]'),
  'an array longer than a stack': { F: Array.from({ length: 150_000 }, (_, k) => `v${k}`), G: 'x' },
  'long lists in two fields that a rule compares': {
    F: Array.from({ length: 20_000 }, (_, k) => `v${k}`),
    H: Array.from({ length: 20_000 }, (_, k) => `w${k}`),
    G: 'x',
  },
  'a long value': { F: 'a'.repeat(3_000_000), G: 'x' },
  'names of prototypes': JSON.parse('{"__proto__": {"F": "x"}, "constructor": "x", "G": "x"}'),
};

const tests = [
  '{F: x}',
  '{F.F.F: x}',
  '{F.a: x}',
  "{F|contains: 'nothing'}",
  "{F|re: 'b+c$'}",
  '{F|gt: 5}',
  '{F|cidr: 10.0.0.0/8}',
  '{F|fieldref: G}',
  '{F|fieldref: H}',
  '{F|fieldref|contains: H}',
  '[nothing]',
];

describe('Rules, Detection: events that are hostile', () => {
  test.each(Object.keys(events))('%s: every test is answered, and other fields are still read', (name) => {
    const event = events[name] ?? {};
    const rules = tests.flatMap(
      (selection) => reading({ 'a.yml': detecting(`a: ${selection}\nb: {G: x}\ncondition: not a and b`) }).rules,
    );
    expect(rules).toHaveLength(tests.length);
    const matched = new Engine(rules, []).match(event, logsource);
    expect(matched).toHaveLength(tests.length);
    for (const match of matched) expect(match.value('G')).toBe('x');
    for (const rule of rules) expect(explain(rule, event, [], logsource).matches).toBe(true);
  });
});
