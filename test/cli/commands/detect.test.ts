import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { scratch } from '../../scratch.ts';
import { lines, yaguraHere as yagura } from '../yagura.ts';

const shell = `title: Shell of a text editor
id: 6b0f2f0e-6a3e-4b3e-9d0c-0a5f7d1f0c11
author: Mika Example
level: high
tags: [attack.execution, attack.t1059]
logsource: { product: windows, category: process_creation }
detection:
    selection:
        ParentImage|endswith: '\\notepad.exe'
        Image|endswith: ['\\cmd.exe', '\\powershell.exe']
    filter:
        CommandLine|contains: harmless
    condition: selection and not filter
`;

const burst = `title: Many denied calls
id: 0d4cbe2a-5a57-4b9b-8d8c-0c8f0a8a5f22
level: medium
correlation:
    type: event_count
    rules: [denied]
    group-by: [userIdentity.arn]
    timespan: 5m
    condition: { gte: 3 }
---
title: A denied call
name: denied
logsource: { product: aws, service: cloudtrail }
detection:
    selection: { errorCode: AccessDenied }
    condition: selection
`;

const start = (Image: string, CommandLine = 'x') => ({
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  EventID: 1,
  ParentImage: 'C:\\Windows\\notepad.exe',
  Image: `C:\\Windows\\System32\\${Image}`,
  CommandLine,
});

const call = (minute: number, arn: string) => ({
  eventVersion: '1.08',
  awsRegion: 'eu-west-1',
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  eventTime: `2026-03-01T10:0${minute}:00Z`,
  errorCode: 'AccessDenied',
  userIdentity: { arn },
});

const folder = scratch('detect');
const rules = join(folder, 'rules');
const written = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const ndjson = (...events: unknown[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');

beforeAll(() => {
  mkdirSync(join(rules, 'windows'), { recursive: true });
  written('rules/windows/shell.yml', shell);
  written('rules/burst.yml', burst);
});

describe('yagura detect', () => {
  it('writes a line a match: the rule, where the event stands, and what matched', async () => {
    const { code, stdout } = await yagura(
      ['detect', '--rules', rules],
      ndjson(start('calc.exe'), start('cmd.exe'), start('cmd.exe', 'harmless')),
    );
    expect(code).toBe(0);
    expect(lines(stdout)).toEqual([
      {
        rule_id: '6b0f2f0e-6a3e-4b3e-9d0c-0a5f7d1f0c11',
        title: 'Shell of a text editor',
        author: 'Mika Example',
        level: 'high',
        tags: ['attack.execution', 'attack.t1059'],
        file: '-',
        event: 1,
        fields: { ParentImage: 'C:\\Windows\\notepad.exe', Image: 'C:\\Windows\\System32\\cmd.exe' },
      },
    ]);
  });

  it.each<[string, (events: unknown[]) => string | Uint8Array]>([
    ['NDJSON', (events) => ndjson(...events)],
    [
      'NDJSON without a last line end, with empty lines and CR',
      (events) =>
        ndjson(...events)
          .replaceAll('\n', '\r\n\n')
          .trim(),
    ],
    ['an array', (events) => JSON.stringify(events)],
    ['an array over many lines', (events) => JSON.stringify(events, null, 2)],
    ['objects one after the other', (events) => events.map((event) => JSON.stringify(event, null, 1)).join('\n')],
    [
      'objects without anything between them',
      (events) => events.map((event) => JSON.stringify(event, null, 1)).join(''),
    ],
    ['a byte order mark', (events) => `\uFEFF${ndjson(...events)}`],
    ['gzip', (events) => gzipSync(ndjson(...events))],
    ['gzip in several parts', (events) => Buffer.concat(events.map((event) => gzipSync(ndjson(event))))],
    ['zstd', (events) => zstdCompressSync(ndjson(...events))],
    ['zstd in several frames', (events) => Buffer.concat(events.map((event) => zstdCompressSync(ndjson(event))))],
    [
      'an export of Elasticsearch',
      (events) => ndjson(...events.map((event) => ({ _index: 'logs', _id: '1', _source: event }))),
    ],
    [
      'an export of Splunk',
      (events) => ndjson(...events.map((event) => ({ preview: false, offset: 0, result: event }))),
    ],
    ['a pack', (events) => JSON.stringify({ Records: events })],
  ])('counts events from 0 in %s', async (name, form) => {
    const file = written(
      `${name.replaceAll(' ', '-')}.log`,
      form([start('calc.exe'), start('cmd.exe'), start('powershell.exe')]),
    );
    const { code, stdout } = await yagura(['detect', '--rules', rules, file]);
    expect(code).toBe(0);
    expect(lines(stdout).map((line) => [line.file, line.event])).toEqual([
      [file, 1],
      [file, 2],
    ]);
  });

  it('names the events of a correlation over files, and is silent about the rule it counts', async () => {
    const one = written('one.json', ndjson(call(0, 'a'), call(1, 'b'), call(2, 'a')));
    const two = written('two.json', ndjson(call(3, 'a'), call(9, 'b')));
    const { stdout } = await yagura(['detect', '--rules', rules, one, two]);
    expect(lines(stdout)).toEqual([
      {
        rule_id: '0d4cbe2a-5a57-4b9b-8d8c-0c8f0a8a5f22',
        title: 'Many denied calls',
        author: null,
        level: 'medium',
        tags: [],
        events: [
          { file: one, event: 0 },
          { file: one, event: 2 },
          { file: two, event: 0 },
        ],
        fields: { 'userIdentity.arn': 'a' },
      },
    ]);
  });

  it('finds a correlation whatever order files and their events are in, and when a later file is missing', async () => {
    const trail = (name: string, ...calls: unknown[]) => written(name, ndjson(...calls.toReversed()));
    const later = trail('later.json', call(4, 'a'), call(9, 'b'));
    const other = trail('other.json', { ...call(5, 'c'), eventTime: '2026-03-02T10:00:00Z' });
    const earlier = trail('earlier.json', call(0, 'b'), call(1, 'a'), call(2, 'a'));
    const { code, stdout } = await yagura(['detect', '--rules', rules, later, other, earlier, join(folder, 'none')]);
    expect(code).toBe(2);
    expect(lines(stdout).map(({ events }) => events)).toEqual([
      [
        { file: earlier, event: 1 },
        { file: earlier, event: 0 },
        { file: later, event: 1 },
      ],
    ]);
  });

  it('takes --logsource instead of recognizing the event', async () => {
    const event = { ParentImage: '/x\\notepad.exe', Image: 'z\\cmd.exe' };
    const without = await yagura(['detect', '--rules', rules], ndjson(event));
    expect(without.stdout).toBe('');
    expect(without.stderr).toMatch(/^1 of 1 events are of no log source that is known/);
    const args = ['detect', '--rules', rules, '--logsource', 'product=windows,category=process_creation'];
    expect(lines((await yagura(args, ndjson(event))).stdout)).toHaveLength(1);
  });

  it('goes on after a record it cannot read, tells where it stands, and ends with exit code 2', async () => {
    const { code, stdout, stderr } = await yagura(
      ['detect', '--rules', rules],
      `${ndjson(start('calc.exe'))}{"broken":\n${ndjson(start('cmd.exe'))}`,
    );
    expect(code).toBe(2);
    expect(stderr).toContain('-: event 1: A line is not JSON');
    expect(lines(stdout)).toMatchObject([{ event: 2 }]);
  });

  it('reads lines of an access log', async () => {
    const rule = written(
      'web.yml',
      'title: T\nid: w\nlogsource: { category: webserver }\ndetection: { s: { cs-uri-query|contains: passwd }, condition: s }\n',
    );
    const line = (query: string) =>
      `203.0.113.9 - - [01/Mar/2026:10:00:00 +0000] "GET /a?${query} HTTP/1.1" 200 12 "-" "x"\n`;
    const { stdout } = await yagura(['detect', '--rules', rule], `${line('f=1')}${line('f=/etc/passwd')}`);
    expect(lines(stdout)).toMatchObject([{ rule_id: 'w', event: 1 }]);
  });

  it('puts lines of one event of auditd together for the rules about processes', async () => {
    const rule = written(
      'process.yml',
      'title: T\nid: p\nlogsource: { product: linux, category: process_creation }\ndetection: { s: { CommandLine|contains: "nc -e" }, condition: s }\n',
    );
    const audit = (type: string, more: string) => `type=${type} msg=audit(1772359200.123:7): ${more}\n`;
    const { stdout } = await yagura(
      ['detect', '--rules', rule],
      `${audit('SYSCALL', 'arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=2 uid=0 comm="nc" exe="/usr/bin/nc"')}${audit('EXECVE', 'argc=3 a0="nc" a1="-e" a2="/bin/sh"')}`,
    );
    expect(lines(stdout)).toMatchObject([{ rule_id: 'p', event: 1 }]);
  });

  it('--list-errors lists what does not work, and exits with 1 only when something is wrong', async () => {
    const off = `title: Off\nid: off-1\nlogsource: { product: windows }\ndetection:\n  s: { User|expand: '%Admins%' }\n  condition: s\n`;
    const waiting = written('off.yml', off);
    const first = await yagura(['detect', '--rules', waiting, '--list-errors']);
    expect(first.code).toBe(0);
    expect(lines(first.stdout)).toEqual([
      { file: waiting, line: 4, rule_id: 'off-1', state: 'off', reason: expect.stringContaining('%Admins%') },
    ]);
    const placeholders = written('placeholders.yml', 'Admins: [root, toor]\n');
    const given = await yagura(['detect', '--rules', waiting, '--placeholders', placeholders, '--list-errors']);
    expect(given.stdout).toBe('');
    const wrong = written('wrong.yml', off.replace('expand', 'expnd'));
    const second = await yagura(['detect', '--rules', wrong, '--list-errors']);
    expect(second.code).toBe(1);
    expect(lines(second.stdout)).toMatchObject([{ line: 5, state: 'error', reason: expect.stringContaining('expnd') }]);
  });

  it('refuses wrong use with exit code 2 and a sentence', async () => {
    expect((await yagura(['detect'])).stderr).toContain('--rules DIR');
    expect((await yagura(['detect', '--rules', join(folder, 'none')])).code).toBe(2);
    expect((await yagura(['detect', '--rules', rules, '--logsource', 'kind=x'])).stderr).toContain('category=');
    const missing = await yagura(['detect', '--rules', rules, join(folder, 'none.json')]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('none.json cannot be read');
  });
});

describe('yagura detect explain', () => {
  it('shows selection by selection what held and what the event has there', async () => {
    const event = written('event.json', JSON.stringify(start('cmd.exe', 'harmless')));
    const { code, stdout } = await yagura(['detect', 'explain', join(rules, 'windows/shell.yml'), event]);
    expect(code).toBe(1);
    expect(stdout).toContain('Shell of a text editor, by Mika Example: does not match');
    expect(stdout).toContain('✓ selection');
    expect(stdout).toContain('✗ not');
    expect(stdout).toContain('✓ CommandLine contains "harmless", and it is "harmless"');
  });

  it('takes the event at a place of a file', async () => {
    const events = written('events.ndjson', ndjson(start('calc.exe'), start('cmd.exe')));
    const explain = (...more: string[]) =>
      yagura(['detect', 'explain', join(rules, 'windows/shell.yml'), events, ...more]);
    expect((await explain()).code).toBe(1);
    const second = await explain('--event', '1');
    expect([second.code, second.stdout]).toEqual([0, expect.stringContaining(': matches')]);
    const none = await explain('--event', '2');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('holds no event 2')]);
    expect((await explain('--even', '1')).code).toBe(2);
  });

  it('says that a rule is for another log source', async () => {
    const event = written('trail.json', JSON.stringify(call(1, 'a')));
    const { stdout } = await yagura(['detect', 'explain', join(rules, 'windows/shell.yml'), event]);
    expect(stdout).toContain('✗ the rule is for windows/process_creation, the event is of aws/cloudtrail');
  });
});
