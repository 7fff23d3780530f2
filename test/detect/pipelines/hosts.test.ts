import { describe, expect, it } from 'vitest';
import { logsourcesOf, type Row, readsAs } from './reads-as.ts';

describe('Linux', () => {
  const linux = (category: string) => ({ product: 'linux', category });
  const row = (says: string, of: Row['of'], event: Row['event'], fields: Row['fields']): Row => ({
    says,
    event,
    pipeline: 'linux',
    of,
    fields,
  });
  readsAs([
    row(
      'an audit record as an object',
      { product: 'linux', service: 'auditd' },
      { type: 'EXECVE', msg: 'audit(1772366400.1:7)', argc: 2, a0: 'chattr', a1: '-i' },
      { type: 'EXECVE', a0: 'chattr', a1: '-i' },
    ),
    row(
      'an execve put together is a process started',
      linux('process_creation'),
      {
        type: 'SYSCALL',
        msg: 'audit(1772366400.1:7)',
        syscall: 'execve',
        success: 'yes',
        exe: '/usr/bin/curl',
        proctitle: 'curl http://203.0.113.9/a',
        cwd: '/tmp',
        UID: 'www-data',
      },
      { Image: '/usr/bin/curl', CommandLine: 'curl http://203.0.113.9/a', CurrentDirectory: '/tmp', User: 'www-data' },
    ),
    {
      ...row(
        'Sysmon for Linux',
        linux('process_creation'),
        {
          Event: {
            System: { Channel: 'Linux-Sysmon/Operational', EventID: 1 },
            EventData: { Image: '/usr/bin/id', ParentImage: '/usr/sbin/nginx' },
          },
        },
        { Image: '/usr/bin/id', ParentImage: '/usr/sbin/nginx' },
      ),
      pipeline: 'linux-sysmon',
      also: ['windows'],
    },
    {
      ...row(
        'a file written, as Sysmon for Linux says it',
        linux('file_event'),
        { Channel: 'Linux-Sysmon/Operational', EventID: 11, Computer: 'web-1', TargetFilename: '/etc/cron.d/a' },
        { TargetFilename: '/etc/cron.d/a', Computer: 'web-1' },
      ),
      pipeline: 'linux-sysmon',
      also: ['windows'],
    },
    row(
      'a path that was created',
      linux('file_event'),
      { type: 'PATH', msg: 'audit(1772366400.1:7)', name: '/etc/ld.so.preload', nametype: 'CREATE' },
      { TargetFilename: '/etc/ld.so.preload' },
    ),
    row(
      'a process in the Elastic Common Schema',
      linux('process_creation'),
      {
        host: { os: { type: 'linux' } },
        event: { category: ['process'] },
        process: { executable: '/usr/bin/id', command_line: 'id -u', parent: { executable: '/usr/sbin/nginx' } },
      },
      { Image: '/usr/bin/id', CommandLine: 'id -u', ParentImage: '/usr/sbin/nginx' },
    ),
    row(
      'a connection in the Elastic Common Schema',
      linux('network_connection'),
      {
        host: { os: { type: 'linux' } },
        event: { category: ['network'] },
        process: { executable: '/tmp/x' },
        destination: { ip: '203.0.113.9', port: 3333 },
      },
      { Image: '/tmp/x', DestinationIp: '203.0.113.9', DestinationPort: 3333 },
    ),
    row(
      'journald',
      { product: 'linux', service: 'cron' },
      { MESSAGE: '(root) REPLACE (root)', SYSLOG_IDENTIFIER: 'crontab' },
      { MESSAGE: '(root) REPLACE (root)' },
    ),
  ]);

  it('knows the services of a line of syslog by the program in it', () => {
    const line = 'Mar  1 12:00:01 web-01 sshd[4242]: Failed password for root from 203.0.113.9 port 5 ssh2';
    expect(logsourcesOf({ message: line })).toEqual(['linux', 'linux/syslog', 'linux/sshd', 'linux/auth']);
    expect(logsourcesOf({ message: line.replace('sshd[4242]', 'kernel') })).toEqual(['linux', 'linux/syslog']);
    expect(logsourcesOf({ message: 'Failed password for root', program: 'sshd' })).toContain('linux/sshd');
  });

  it('does not take an execve without its command line for a process started', () => {
    const event = { type: 'SYSCALL', msg: 'audit(1772366400.1:7)', syscall: 'execve', success: 'yes', exe: '/bin/ls' };
    expect(logsourcesOf(event)).toEqual(['linux', 'linux/auditd']);
  });

  it('does not take Sysmon for Linux for Windows', () => {
    const event = { Channel: 'Linux-Sysmon/Operational', EventID: 1, Image: '/usr/bin/id' };
    expect(logsourcesOf(event).some((name) => name.startsWith('windows'))).toBe(false);
  });
});

describe('LAUREL', () => {
  const row = (says: string, of: Row['of'], records: Row['event'], fields: Row['fields']): Row => ({
    says,
    event: { ID: '1772366400.1:7', NODE: 'web-1', ...records },
    pipeline: 'laurel',
    of,
    fields,
  });
  const auditd = { product: 'linux', service: 'auditd' };
  const started = {
    SYSCALL: {
      arch: '0xc000003e',
      syscall: 59,
      SYSCALL: 'execve',
      success: 'yes',
      exe: '/usr/bin/chattr',
      UID: 'www-data',
      PPID: { exe: '/bin/dash' },
    },
    EXECVE: { argc: 3, ARGV: ['chattr', '-i', '/etc/passwd'] },
    CWD: { cwd: '/tmp' },
    PATH: [{ name: '/usr/bin/chattr', nametype: 'NORMAL' }],
  };
  const opened = {
    SYSCALL: { arch: '0xc000003e', syscall: 257, SYSCALL: 'openat', success: 'yes', exe: '/usr/bin/vim' },
    PATH: [
      { name: '/etc', nametype: 'PARENT' },
      { name: '/etc/ld.so.preload', nametype: 'CREATE' },
    ],
  };
  readsAs([
    row('a process started: each argument by itself', { product: 'linux', category: 'process_creation' }, started, {
      Image: '/usr/bin/chattr',
      CommandLine: '-i',
      ParentImage: '/bin/dash',
      CurrentDirectory: '/tmp',
      User: 'www-data',
    }),
    row('its arguments, as the audit daemon’s rules ask for them', auditd, started, {
      type: 'EXECVE',
      a0: 'chattr',
      a1: '-i',
      a2: '/etc/passwd',
    }),
    row('a file opened', auditd, opened, {
      type: 'PATH',
      name: '/etc/ld.so.preload',
      SYSCALL: 'openat',
      exe: '/usr/bin/vim',
    }),
    row('a file created', { product: 'linux', category: 'file_event' }, opened, {
      TargetFilename: '/etc/ld.so.preload',
    }),
    row(
      'a call without a path',
      auditd,
      { SYSCALL: { arch: '0xc000003e', syscall: 41, SYSCALL: 'socket', a0: '0x26', success: 'yes' } },
      { type: 'SYSCALL', SYSCALL: 'socket' },
    ),
  ]);
});

describe('macOS', () => {
  const row = (says: string, category: string, event: Row['event'], fields: Row['fields']): Row => ({
    says,
    event,
    pipeline: 'macos',
    of: { product: 'macos', category },
    fields,
  });
  readsAs([
    row(
      'an exec of Endpoint Security: each argument by itself',
      'process_creation',
      {
        process: { executable: { path: '/bin/zsh' } },
        event: { exec: { target: { executable: { path: '/usr/bin/osascript' } }, args: ['osascript', '-e'] } },
      },
      { Image: '/usr/bin/osascript', ParentImage: '/bin/zsh', CommandLine: '-e' },
    ),
    row(
      'a file created',
      'file_event',
      {
        process: { executable: { path: '/bin/cp' } },
        event: { create: { destination: { existing_file: { path: '/Library/LaunchAgents/a.plist' } } } },
      },
      { TargetFilename: '/Library/LaunchAgents/a.plist', Image: '/bin/cp' },
    ),
    row(
      'a process in the Elastic Common Schema',
      'process_creation',
      {
        host: { os: { type: 'macos' } },
        event: { category: 'process' },
        process: { executable: '/usr/bin/curl', command_line: 'curl -k' },
      },
      { Image: '/usr/bin/curl', CommandLine: 'curl -k' },
    ),
  ]);
});
