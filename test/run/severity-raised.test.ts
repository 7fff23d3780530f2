import { describe, expect, it } from 'vitest';
import { attack, type Spine, spine } from './spine.ts';

const mention = { severity: 'high', who: ['acme/on-call'] } as const;
const sign = (severity: string, title = `A ${severity} sign`) => attack(1, { severity, title });

/** First lines of the comments on the issue that say how severe it is now. */
async function told(s: Spine): Promise<string[]> {
  const said = (await s.ourComments(1)).filter((body) => body.startsWith('**Severity is now'));
  return said.map((body) => body.split('\n')[0] ?? '');
}

describe('a later alert that raises the severity', () => {
  it('is told in one comment a level from high up, and in the title', async () => {
    await using s = await spine();
    await s.take(attack(1, { severity: 'low' }));
    await s.take(sign('medium'));
    expect(await told(s)).toEqual([]);
    await s.take(sign('high'));
    const high =
      '**Severity is now high:** `A high sign` (Generic JSON) joined; it was medium. Next: `/take` if you have this.';
    expect(await told(s)).toEqual([high]);
    expect((await s.issue(1)).title).toContain('high');
    await s.take(sign('high', 'Another high sign'));
    await s.take(sign('low', 'A low sign again'));
    expect(await told(s)).toEqual([high]);
    await s.take(sign('critical'));
    expect(await told(s)).toEqual([
      high,
      '**Severity is now critical:** `A critical sign` (Generic JSON) joined; it was high. Next: `/take` if you have this.',
    ]);
  });

  it('mentions whom the policy names from that severity up, and says by which policy it is so severe', async () => {
    await using s = await spine({
      mention: { ...mention, who: [...mention.who] },
      severityFloors: [
        {
          when: { title: ['*sign*'] },
          atLeast: 'critical',
          because: 'It is @acme/everybody’s.',
          origin: { path: 'policies/severity.md', line: 3 },
        },
      ],
    });
    await s.take(attack(1, { severity: 'low' }));
    expect((await s.ourComments(1)).join()).not.toContain('@acme/on-call');
    await s.take(sign('low'));
    const [body = '', ...more] = (await s.ourComments(1)).filter((text) => text.startsWith('**Severity is now'));
    expect(more).toEqual([]);
    expect(body).toContain('joined, by policy: It is ＠acme/everybody’s');
    expect(body).toContain('\n\nFor @acme/on-call by policy.');
  });

  it('mentions nobody in observe mode, and lets nothing of the alert out but as text', async () => {
    await using s = await spine({ mode: 'observe', mention: { ...mention, who: [...mention.who] } });
    await s.take(attack(1, { severity: 'low' }));
    await s.take(sign('high', '@acme/everybody `</details>\n/close fp x'));
    const [body = ''] = (await s.ourComments(1)).filter((text) => text.startsWith('**Severity is now'));
    expect(body).toContain('``@acme/everybody `</details> /close fp x``');
    expect(body.split('\n\n<!--')[0]).not.toContain('\n');
  });

  it('is not told before the first report, which says it with its mention', async () => {
    await using s = await spine({ mention: { ...mention, who: [...mention.who] } });
    await s.take(attack(1, { severity: 'low' }), sign('high'));
    expect(await told(s)).toEqual([]);
    expect((await s.ourComments(1)).join('\n').match(/@acme\/on-call/g)).toHaveLength(1);
  });

  it('whose issue does not stand yet is told only for the mention, once it does', async () => {
    await using s = await spine({ mention: { ...mention, who: [...mention.who] } });
    s.stopped = 'not now';
    await s.take(attack(1, { severity: 'low' }));
    s.pass(60);
    await s.settle();
    await s.take(sign('high'));
    s.stopped = undefined;
    s.pass(60);
    await s.settle();
    const said = await s.ourComments(1);
    expect(said.filter((body) => body.includes('@acme/on-call'))).toHaveLength(1);
  });

  it('by making two incidents one is told in the comment about that', async () => {
    await using s = await spine();
    await s.take(attack(1, { severity: 'low' }));
    await s.take(attack(2, { severity: 'high' }));
    await s.take({ title: 'Both', severity: 'low', host: 'web-1', src_ip: '203.0.113.2' });
    expect(await told(s)).toEqual([]);
    expect((await s.ourComments(1)).at(-1)).toMatch(
      /^\*\*One story:\*\* #2 is part of this now.* Severity is now high\./,
    );
  });
});
