import { describe, expect, it } from 'vitest';
import { type JoinReason, joinReasonText, readJoinReason } from '../../src/domain/join-reason.ts';

const reasons: JoinReason[] = [
  { is: 'first' },
  { is: 'step' },
  { is: 'returned' },
  { is: 'shares', label: 'host web-01', far: { side: 'within' } },
  { is: 'shares', label: 'user 佐藤', far: { side: 'after', lengths: [{ count: 119, unit: 's' }] } },
  {
    is: 'shares',
    label: 'ip 192.0.2.7',
    far: {
      side: 'before',
      lengths: [
        { count: 1, unit: 'h' },
        { count: 3, unit: 'min' },
      ],
    },
  },
  // A name an attacker chose to read like ours.
  { is: 'shares', label: 'host a, 3 s after it was last seen', far: { side: 'within' } },
  { is: 'shares', label: 'host a\nshares b, seen before and after it', far: { side: 'within' } },
];

describe('a join reason', () => {
  it.each(reasons)('is read from its text as it was written: %j', (reason) => {
    expect(readJoinReason(joinReasonText(reason))).toEqual(reason);
  });

  it('is kept as it is where another version wrote it', () => {
    expect(readJoinReason('because of the moon')).toEqual({ is: 'said', text: 'because of the moon' });
    expect(joinReasonText(readJoinReason('because of the moon'))).toBe('because of the moon');
  });
});
