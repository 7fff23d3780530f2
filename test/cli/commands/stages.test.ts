import { describe, expect, it } from 'vitest';
import { lines, root, yagura } from '../yagura.ts';

describe('the stages as commands', () => {
  it('normalize and correlate make one incident of the example chain, with reasons', async () => {
    const normalized = await yagura(['normalize', 'falco', `${root}examples/alerts/falco-cryptomining.ndjson`], '');
    expect(normalized.code).toBe(0);
    expect(lines(normalized.stdout)).toHaveLength(8);
    const grouped = await yagura(['correlate'], normalized.stdout);
    expect(grouped.code).toBe(0);
    expect(new Set(lines(grouped.stdout).map((one) => one.incident))).toEqual(new Set([1]));
    expect(lines(grouped.stdout)[1]?.reason).toMatch(/^shares /);
  });

  it('correlate keeps apart what is further apart than the window', async () => {
    const normalized = await yagura(['normalize', 'falco', `${root}examples/alerts/falco-cryptomining.ndjson`], '');
    const apart = lines(normalized.stdout).map((alert, k) =>
      JSON.stringify({
        ...alert,
        time: new Date(Date.UTC(2026, 0, 1 + k)).toISOString(),
        subject: [],
        fingerprint: [`${k}`],
      }),
    );
    const grouped = await yagura(['correlate', '--window', '1h'], apart.join('\n'));
    expect(new Set(lines(grouped.stdout).map((one) => one.incident)).size).toBe(8);
  });

  it('normalize writes an alert for what it cannot read and says where it stands', async () => {
    const { code, stdout, stderr } = await yagura(['normalize', 'falco'], '{"rule": 1}\n');
    expect(code).toBe(1);
    expect(lines(stdout)[0]).toMatchObject({ rule: 'parse-error' });
    expect(stderr).toMatch(/^-:1: /m);
  });

  it('refuses an unknown source, an unreadable file and lines that are no alerts with exit code 2', async () => {
    expect((await yagura(['normalize', 'nothing'], '')).stderr).toContain('falco');
    expect((await yagura(['normalize', 'falco', '/does/not/exist'], '')).code).toBe(2);
    expect(await yagura(['correlate'], '{"title": "x"}\n')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^-:1: /),
    });
  });
});
