import { describe, expect, it } from 'vitest';
import { joinReason } from '../../src/publish/join-reason.ts';

describe('why an alert is in its incident', () => {
  it('is told in the language of the room', () => {
    const text = 'shares host web-01, 42 s after it was last seen';
    expect(joinReason(text, 'en')).toBe('shares `host web-01`, 42 s after it was last seen');
    expect(joinReason(text, 'ja')).toBe('`host web-01` が共通(最後の観測から 42 秒後)');
    expect(joinReason('first alert of this incident', 'ja')).toBe('このインシデントの最初のアラート');
    expect(joinReason('shares rule and fields, seen before and after it', 'ja')).toBe(
      '`ルールとフィールド` が共通(その前後に観測)',
    );
  });

  it('shows a name as code, whatever it holds', () => {
    const text = 'shares host a`b @hana [x](https://evil.example), 2 h before it was first seen';
    expect(joinReason(text, 'ja')).toBe('``host a`b @hana [x](https://evil.example)`` が共通(最初の観測の 2 時間前)');
  });
});
