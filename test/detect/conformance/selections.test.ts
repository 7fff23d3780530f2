import { describe, test } from 'vitest';
import { detecting, expectRefused, expectTold, selecting } from '../one-rule.ts';

const keywords = (list: string) => detecting(`keywords: ${list}\ncondition: keywords`);

describe('Rules, Lists', () => {
  test('a list of maps is linked with or', () => {
    expectTold(
      selecting(String.raw`- Image|endswith: '\\example.exe'
- Description|contains: 'Test executable'`),
      {
        matches: [
          { Image: 'C:\\example.exe', Description: 'other' },
          { Image: 'x', Description: 'A test executable.' },
        ],
        not: [{ Image: 'x', Description: 'other' }, { Image: 'Test executable' }, {}],
      },
    );
  });

  test('the elements of each map in the list are linked with and', () => {
    expectTold(selecting('- A: 1\n  B: 2\n- C: 3'), {
      matches: [{ A: 1, B: 2 }, { C: 3 }],
      not: [{ A: 1 }, { B: 2 }, { A: 1, C: 2 }],
    });
  });

  test('a list of one map is that map', () => {
    expectTold(selecting('- A: 1\n  B: 2'), { matches: [{ A: 1, B: 2 }], not: [{ A: 1 }, { B: 2 }] });
  });

  test('keywords and maps may stand in one list', () => {
    expectTold(selecting('- evil\n- A: 1'), {
      matches: [{ A: 1 }, { B: 'so evil' }],
      not: [{ A: 2 }, { B: 'good' }],
    });
  });
});

describe('Rules, Maps', () => {
  test('elements are linked with and, their values with or', () => {
    expectTold(selecting('EventLog: Security\nEventID:\n  - 517\n  - 1102'), {
      matches: [
        { EventLog: 'Security', EventID: 517 },
        { EventLog: 'security', EventID: '1102' },
      ],
      not: [{ EventLog: 'Security', EventID: 5171 }, { EventLog: 'System', EventID: 517 }, { EventID: 517 }],
    });
  });

  test('the same field with different modifiers is two elements', () => {
    expectTold(selecting('F|startswith: a\nF|endswith: z'), {
      matches: [{ F: 'abcz' }],
      not: [{ F: 'abc' }, { F: 'xyz' }],
    });
  });

  test('each element may be met by another element of an array', () => {
    expectTold(selecting('F|startswith: a\nF|endswith: z'), {
      matches: [{ F: ['ab', 'yz'] }],
      not: [{ F: ['ab', 'ac'] }],
    });
  });
});

describe('Rules, Keywords search', () => {
  test('any of the keywords, anywhere in the event', () => {
    expectTold(keywords("[EVILSERVICE, 'svchost.exe -n evil']"), {
      matches: [
        { message: 'started EvilService now' },
        { a: { b: [{ c: 'svchost.exe -n evil' }] } },
        { a: 1, b: 'evilservice' },
      ],
      not: [{ message: 'svchost.exe -n good' }, { message: 'evil service' }, {}],
    });
  });

  test("'|all' asks for every keyword, each anywhere", () => {
    expectTold(
      detecting("keywords:\n  '|all':\n    - 'OabVirtualDirectory'\n    - ' -ExternalUrl '\ncondition: keywords"),
      {
        matches: [{ m: 'Set-OabVirtualDirectory -ExternalUrl x' }, { a: 'oabvirtualdirectory', b: 'x -externalurl y' }],
        not: [{ m: 'Set-OabVirtualDirectory' }, { m: ' -ExternalUrl ' }],
      },
    );
  });

  test('the name of a field is no part of the event to search', () => {
    expectTold(keywords('[evil]'), { matches: [{ a: 'evil' }], not: [{ evil: 'a' }] });
  });

  test('a keyword does not run from one value into the next', () => {
    expectTold(keywords("['ab']"), { matches: [{ x: 'ab' }], not: [{ x: 'a', y: 'b' }, { x: ['a', 'b'] }] });
  });

  test('wildcards and escapes mean the same as in fields', () => {
    expectTold(keywords(String.raw`['a?c*e\*']`), {
      matches: [{ m: '-abcde*-' }],
      not: [{ m: 'ace*' }, { m: 'abcdex' }],
    });
  });

  test('numbers are searched by their digits', () => {
    expectTold(keywords('[4688]'), { matches: [{ id: 4688 }, { m: 'event 4688.' }], not: [{ id: 4624 }] });
  });

  test('regular expressions, case and all go with keywords', () => {
    expectTold(detecting("k:\n  '|re': ['ev[i1]l$']\ncondition: k"), {
      matches: [{ m: 'so ev1l' }],
      not: [{ m: 'ev1l!' }, { m: 'EVIL' }],
    });
    expectTold(detecting("k:\n  '|cased': [Evil]\ncondition: k"), {
      matches: [{ m: 'an Evil' }],
      not: [{ m: 'an evil' }],
    });
    expectTold(detecting("k:\n  '|re|all': ['^a', 'z$']\ncondition: k"), {
      matches: [{ m: 'a..z' }, { m: 'ab', n: 'yz' }],
      not: [{ m: 'ab' }],
    });
  });

  test('a raw line of text is an event with one value', () => {
    expectTold(keywords("['Failed password for root']"), {
      matches: [{ message: 'sshd[1]: Failed password for root from 192.0.2.1' }],
      not: [{ message: 'sshd[1]: Failed password for kai from 192.0.2.1' }],
    });
  });
});

describe('Rules, Field Usage', () => {
  test('a dotted field is a path into the event', () => {
    expectTold(selecting('userIdentity.type: Root'), {
      matches: [{ userIdentity: { type: 'root' } }, { 'userIdentity.type': 'Root' }],
      not: [{ userIdentity: 'Root' }, { type: 'Root' }, { userIdentity: { user: { type: 'Root' } } }],
    });
  });

  test('any element of an array will do, and objects in arrays are entered', () => {
    expectTold(selecting('resources.name: secret'), {
      matches: [{ resources: [{ name: 'a' }, { name: 'secret' }] }, { resources: { name: ['secret'] } }],
      not: [{ resources: [{ name: 'a' }] }, { resources: [] }, { resources: ['secret'] }],
    });
  });

  test('the names of fields are taken as they are written', () => {
    expectTold(selecting('Image: x'), { matches: [{ Image: 'x' }], not: [{ image: 'x' }, { IMAGE: 'x' }] });
  });

  test('an empty array has no value, an object is its JSON', () => {
    expectTold(selecting("F|contains: ''"), { matches: [{ F: 'x' }], not: [{ F: [] }, {}] });
    expectTold(selecting(`F|contains: '"a":1'`), { matches: [{ F: { a: 1 } }], not: [{ F: { a: 2 } }, { F: 'a' }] });
  });

  test.each(['constructor', '__proto__', 'toString', 'length'])('%s is a field like others', (field) => {
    const event = JSON.parse(`{"${field}": "x"}`);
    expectTold(selecting(`${field}: '*'`), { matches: [event], not: [{}, { other: 'x' }] });
    expectTold(selecting(`${field}|exists: true`), { matches: [event], not: [{}, { other: 'x' }] });
  });
});

describe('Rules, Search-Identifier: what is neither list nor map', () => {
  test.each([
    ['an empty map', '{}'],
    ['an empty list', '[]'],
    ['nothing', ''],
    ['a map in a map', '{A: {B: 1}}'],
    ['a list in a list of values', '{A: [[x, y], z]}'],
    ['no values', '{A: []}'],
    ['nothing in a list of keywords', '[a, null]'],
    ['a map in a list of values', '{A: [x, {B: 1}]}'],
  ])('%s is refused', (_, selection) => {
    expectRefused(detecting(`sel: ${selection}\ncondition: sel`), /sel|A/);
  });
});
