import { describe, expect, test } from 'vitest';
import { expectRefused, expectTold, selecting } from '../one-rule.ts';

const base64 = (bytes: string, encoding: BufferEncoding = 'utf8') => Buffer.from(bytes, encoding).toString('base64');

/** Base64 of a text with `before` bytes in front of it and `after` behind it. */
const within = (bytes: Buffer, before: number, after: number) =>
  Buffer.concat([Buffer.alloc(before, 'x'), bytes, Buffer.alloc(after, 'y')]).toString('base64');

/** The text among others, at each of the nine positions that Base64 tells apart. */
const positions = (bytes: Buffer) =>
  [3, 4, 5].flatMap((before) => [0, 1, 2].map((after) => ({ Line: within(bytes, before, after) })));

const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('Modifiers, Encoding: base64', () => {
  test('the field is the Base64 of the value', () => {
    expect(base64('http://')).toBe('aHR0cDovLw==');
    expectTold(selecting("Line|base64: 'http://'"), {
      matches: [{ Line: 'aHR0cDovLw==' }],
      not: [{ Line: 'http://' }, { Line: 'x aHR0cDovLw==' }],
    });
  });

  test('with contains it stands anywhere in the field', () => {
    expectTold(selecting('Line|base64|contains: abc'), {
      matches: [{ Line: 'x YWJj y' }],
      not: [{ Line: 'x YWJk y' }],
    });
  });

  test('the characters + and / and = are characters', () => {
    expect(base64('>>>???~')).toBe('Pj4+Pz8/fg==');
    expectTold(selecting(String.raw`Line|base64: '>>>\?\?\?~'`), {
      matches: [{ Line: 'Pj4+Pz8/fg==' }],
      not: [{ Line: 'Pj4-Pz8_fg==' }],
    });
  });

  test('text beyond ASCII is encoded as UTF-8', () => {
    expectTold(selecting('Line|base64: é'), { matches: [{ Line: 'w6k=' }], not: [{ Line: '6Q==' }] });
  });

  test('with cased the letters must have their case', () => {
    expectTold(selecting('Line|base64|cased: abc'), { matches: [{ Line: 'YWJj' }], not: [{ Line: 'ywjj' }] });
  });

  test('a wildcard cannot be encoded', () => {
    expectRefused(selecting("Line|base64: 'a*b'"), /base64.*wildcard|wildcard.*base64/i);
    expectRefused(selecting("Line|base64offset|contains: 'a?b'"), /base64offset.*wildcard|wildcard.*base64offset/i);
  });
});

describe('Modifiers, Encoding: base64offset', () => {
  test('the value is found at each of the three offsets', () => {
    expectTold(selecting('Line|base64offset|contains: /bin/bash'), {
      matches: positions(Buffer.from('/bin/bash')),
      not: [...positions(Buffer.from('/bin/dash')), { Line: '/bin/bash' }],
    });
  });

  test.each(['foobar', 'foobarb', 'foobarba'])('the length of the value does not matter: %s', (value) => {
    expectTold(selecting(`Line|base64offset|contains: ${value}`), {
      matches: positions(Buffer.from(value)),
      not: positions(Buffer.from(`${value.slice(0, 3)}X${value.slice(4)}`)),
    });
  });

  test('text beyond ASCII counts by its bytes', () => {
    expectTold(selecting('Line|base64offset|contains: größe 10'), {
      matches: positions(Buffer.from('größe 10')),
      not: positions(Buffer.from('grosse 10')),
    });
  });

  test('any of several values, or with all every one', () => {
    const both = { Line: `${within(Buffer.from('foobar'), 3, 1)} ${within(Buffer.from('quxquux'), 4, 1)}` };
    const one = { Line: within(Buffer.from('quxquux'), 4, 1) };
    expectTold(selecting('Line|base64offset|contains: [foobar, quxquux]'), {
      matches: [both, one],
      not: [{ Line: 'x' }],
    });
    expectTold(selecting('Line|base64offset|contains|all: [foobar, quxquux]'), { matches: [both], not: [one] });
  });

  test('without contains it could never match a field, and is refused', () => {
    expectRefused(selecting('Line|base64offset: foobar'), /base64offset/);
  });
});

describe('Modifiers, Encoding: utf16le, wide, utf16be, utf16', () => {
  test.each(['utf16le', 'wide'])('%s puts a zero byte behind each', (modifier) => {
    expectTold(selecting(`Line|${modifier}: cmd`), {
      matches: [{ Line: 'c\0m\0d\0' }],
      not: [{ Line: 'cmd' }, { Line: '\0c\0m\0d' }],
    });
  });

  test('utf16be puts a zero byte before each', () => {
    expectTold(selecting('Line|utf16be: cmd'), { matches: [{ Line: '\0c\0m\0d' }], not: [{ Line: 'c\0m\0d\0' }] });
  });

  test.each([
    ['utf16le', Buffer.from('cmd', 'utf16le')],
    ['wide', Buffer.from('cmd', 'utf16le')],
    ['utf16be', bigEndian('cmd')],
    ['utf16', Buffer.from('\ufeffcmd', 'utf16le')],
  ])('%s then base64', (modifier, bytes) => {
    expectTold(selecting(`Line|${modifier}|base64: cmd`), {
      matches: [{ Line: bytes.toString('base64') }],
      not: [{ Line: base64('cmd') }, { Line: Buffer.concat([bytes, bytes]).toString('base64') }],
    });
  });

  test('the bytes of utf16 are FF FE 63 00 6D 00 64 00', () => {
    const told = Buffer.from([0xff, 0xfe, 0x63, 0, 0x6d, 0, 0x64, 0]).toString('base64');
    expectTold(selecting('Line|utf16|base64: cmd'), {
      matches: [{ Line: told }],
      not: [{ Line: Buffer.from('cmd', 'utf16le').toString('base64') }],
    });
  });

  test.each([
    ['wide', Buffer.from('IEX(', 'utf16le')],
    ['utf16le', Buffer.from('IEX(', 'utf16le')],
    ['utf16be', bigEndian('IEX(')],
  ])('%s|base64offset|contains', (modifier, bytes) => {
    expectTold(selecting(`Line|${modifier}|base64offset|contains: IEX(`), {
      matches: positions(bytes),
      not: positions(Buffer.from('IEX(')),
    });
  });

  test('text beyond ASCII has its two bytes', () => {
    expectTold(selecting('Line|wide|base64offset|contains: 日本語'), {
      matches: positions(Buffer.from('日本語', 'utf16le')),
      not: positions(Buffer.from('日本', 'utf16le')),
    });
  });
});
