import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeJsonTexts, type JsonPlace } from '../../src/domain/json-texts.ts';

describe('the texts of JSON', () => {
  it('come with the names of the fields they stand in, lists counted as what they hold', () => {
    const seen: [string, string, JsonPlace][] = [];
    changeJsonTexts('{"a": [{"b" :"x"}, "y", 12], "c":{"d":true, "e":"z"}}', (text, names, place) => {
      seen.push([text, names.join('.'), place]);
      return text;
    });
    expect(seen.filter(([, , place]) => place !== 'name')).toEqual([
      ['x', 'a.b', 'text'],
      ['y', 'a', 'text'],
      ['12', 'a', 'number'],
      ['z', 'c.e', 'text'],
    ]);
    expect(seen.filter(([, , place]) => place === 'name').map(([text]) => text)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('are changed and nothing else is: no space, no long number, no name that stands twice', () => {
    const json = '{ "id": 12345678901234567890, "id": 1.0, "t": "h\\u0069 \\"you\\"" }';
    expect(changeJsonTexts(json, (text, _, place) => (place === 'text' ? `${text}!` : text))).toBe(
      '{ "id": 12345678901234567890, "id": 1.0, "t": "hi \\"you\\"!" }',
    );
  });

  it('are all found in any JSON, and what is left alone keeps its bytes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 2), (value, space) => {
        const json = JSON.stringify(value, null, space);
        expect(changeJsonTexts(json, (text) => text)).toBe(json);
        const marked = changeJsonTexts(json, (text, _, place) => (place === 'number' ? text : `${text}~`));
        const added = JSON.stringify(JSON.parse(marked)).length - JSON.stringify(value).length;
        expect(added).toBe(textsIn(value));
      }),
    );
  });
});

/** Texts and names of a value. */
function textsIn(value: unknown): number {
  if (typeof value === 'string') return 1;
  if (value === null || typeof value !== 'object') return 0;
  const inside = Object.values(value).reduce((sum: number, item) => sum + textsIn(item), 0);
  return Array.isArray(value) ? inside : inside + Object.keys(value).length;
}
