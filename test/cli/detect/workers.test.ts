import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DetectFiles } from '../../../src/cli/detect/detect-files.ts';
import type { EventRef } from '../../../src/cli/detect/lines.ts';
import { NativeEvents } from '../../../src/cli/detect/native-events.ts';
import { Threads } from '../../../src/cli/detect/threads.ts';
import { Detector } from '../../../src/detect/detector.ts';
import { scratch } from '../../scratch.ts';
import { lines } from '../yagura.ts';
import { Gathered, type Ran, runDetect } from './run-detect.ts';

const folder = scratch('workers');
const written = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const rules = written(
  'rules.yml',
  `title: Many denied calls
id: many
correlation: { type: event_count, rules: [denied], group-by: [userIdentity.arn], timespan: 5m, condition: { gte: 3 } }
---
title: A denied call
name: denied
id: denied
logsource: { product: aws, service: cloudtrail }
detection: { s: { errorCode: AccessDenied }, condition: s }
---
title: A key is made
id: key
author: Mika Example
tags: [attack.persistence]
logsource: { product: aws, service: cloudtrail }
detection: { s: { eventName: CreateAccessKey }, condition: s }
---
title: A shell that listens
id: shell
logsource: { product: linux, category: process_creation }
detection: { s: { CommandLine|contains: "nc -e" }, condition: s }
---
title: A query for passwords
id: query
logsource: { category: webserver }
detection: { s: { cs-uri-query|contains: passwd }, condition: s }
`,
);

/** A call by the minute; every hundredth makes a key, every fiftieth is denied, three times in a row. */
const call = (k: number, more: object = {}) => ({
  eventVersion: '1.08',
  awsRegion: 'eu-west-1',
  eventSource: 'iam.amazonaws.com',
  eventName: k % 100 === 7 ? 'CreateAccessKey' : 'GetUser',
  eventTime: new Date(Date.UTC(2026, 2, 1) + k * 60_000).toISOString(),
  ...(k % 50 < 3 ? { errorCode: 'AccessDenied' } : {}),
  userIdentity: { arn: `user-${Math.floor(k / 50) % 4}` },
  requestParameters: { note: 'größer '.repeat(40) },
  ...more,
});
const calls = (count: number) => Array.from({ length: count }, (_, k) => JSON.stringify(call(k)));
const audit = (type: string, more: string) => `type=${type} msg=audit(1772359200.123:7): ${more}`;

/** Lines that threads match, among which every other kind of line stands. */
const mixed = calls(6000).flatMap((line, k): string[] => {
  switch (k % 1000) {
    case 50:
      return ['', line, '   ', '{"broken":', 'no event at all'];
    case 150:
      return [JSON.stringify({ Records: [call(k), call(107), call(2)] }), line, `\uFEFF${line}`, ` ${line}`];
    case 250:
      return [`[${line},${line}]`, line, '{"nobody":"knows this"}'];
    case 350:
      return [
        audit('SYSCALL', 'arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=2 uid=0 exe="/usr/bin/nc"'),
        line,
      ];
    case 351:
      return [audit('EXECVE', 'argc=3 a0="nc" a1="-e" a2="/bin/sh"'), `${line}\r`];
    case 450:
      return ['203.0.113.9 - - [01/Mar/2026:10:00:00 +0000] "GET /a?f=/etc/passwd HTTP/1.1" 200 12 "-" "x"', line];
    default:
      return [line];
  }
});

async function withWorkers(counts: readonly number[], args: readonly string[], input = ''): Promise<Ran[]> {
  const ran: Ran[] = [];
  for (const count of counts) ran.push(await runDetect(['--rules', rules, '--workers', String(count), ...args], input));
  return ran;
}

function expectSame([alone, ...others]: Ran[]): Ran {
  if (!alone || others.length === 0) throw new Error('Nothing is compared.');
  for (const other of others) {
    expect(other.code).toBe(alone.code);
    expect(other.stderr).toBe(alone.stderr);
    expect(other.stdout === alone.stdout, 'the same bytes').toBe(true);
  }
  return alone;
}

describe('yagura detect --workers', () => {
  it('writes the same bytes as without, whatever the files hold', async () => {
    const files = [
      written('mixed.ndjson', mixed.join('\n')),
      written('more.ndjson.gz', gzipSync(calls(4000).toReversed().join('\n'))),
      written('array.json', JSON.stringify([call(7), call(8)], null, 1)),
      written('lines.log', mixed.filter((line) => !line.startsWith('{')).join('\n')),
      written('more.ndjson.zst', zstdCompressSync(`${calls(500).join('\n')}\n`)),
      written('empty', ''),
    ];
    const { code, stdout, stderr } = expectSame(await withWorkers([0, 1, 2, 3], files));
    expect(code).toBe(2);
    expect(stderr.match(/mixed\.ndjson: event \d+: A line is not JSON/g)).toHaveLength(6);
    expect(stderr).toContain('of no log source that is known');
    const found = lines(stdout);
    const count = (id: string) => found.filter(({ rule_id }) => rule_id === id).length;
    expect([count('denied'), count('shell') > 0, count('query') > 0]).toEqual([0, true, true]);
    expect(count('key')).toBeGreaterThan(100);
    expect(count('many')).toBeGreaterThan(100);
    // Places are those of the events: a pack holds three, lines without an event keep theirs.
    const places = found
      .filter(({ file, rule_id }) => rule_id === 'key' && file === files[0])
      .map(({ event }) => event);
    expect(places.slice(0, 4)).toEqual([7, 109, 153, 214]);
    expect(places).toEqual([...places].sort((a, b) => Number(a) - Number(b)));
    expect(new Set(places).size).toBe(places.length);
  });

  it('matches what it is told the events are', async () => {
    const input = `${JSON.stringify({ 'cs-uri-query': 'passwd' })}\n`.repeat(3);
    const ran = await withWorkers([0, 2], ['--logsource', 'category=webserver'], input);
    expect(lines(expectSame(ran).stdout).map(({ file, event }) => [file, event])).toEqual([
      ['-', 0],
      ['-', 1],
      ['-', 2],
    ]);
  });

  it('writes what stands before the place where a file breaks off', async () => {
    const whole = gzipSync(calls(5000).join('\n'));
    const broken = written('broken.gz', whole.subarray(0, whole.length - 20));
    const { code, stdout, stderr } = expectSame(await withWorkers([0, 2], [broken]));
    expect(code).toBe(2);
    expect(stderr).toContain('broken.gz cannot be read');
    expect(lines(stdout).length).toBeGreaterThan(50);
  });

  it('ends with a sentence when a thread fails', async () => {
    const unreadable = { path: 'rule.yml', text: null as unknown as string };
    const threads = new Threads({ files: [unreadable], logsource: { product: 'aws' } }, 2, []);
    const detector = new Detector<EventRef>({ rules: [], correlations: [] }, []);
    const io = { stdout: new Gathered(), stderr: new Gathered() };
    const files = new DetectFiles(detector, new NativeEvents([]), { logsource: undefined, threads, ...io });
    const run = files.run('-', Readable.from([Buffer.from(mixed.join('\n'))]));
    await expect(run).rejects.toMatchObject({
      name: 'YaguraError',
      message: expect.stringMatching(/^A thread that matches events failed: .+\.$/),
    });
    await threads.close();
  });
});
