import { describe, expect, it } from 'vitest';
import { dropReasons } from '../../src/investigate/gates/sentence-gate.ts';
import { dropReason } from '../../src/publish/drop-reason.ts';

/** What the gates count beside sentences. */
const others = [
  'more than a report may hold',
  'names an ATT&CK technique that does not exist',
  'names an ATT&CK technique that is no longer used',
  'recommends what the policy does not offer',
];

describe('why a sentence was taken out', () => {
  it.each([...dropReasons, ...others])('is told in Japanese, too: %s', (reason) => {
    expect(dropReason(reason, 'en')).toBe(reason);
    expect(dropReason(reason, 'ja')).toMatch(/[\u3040-\u9fff]/);
  });

  it('is told as it was counted where another version counted it', () => {
    expect(dropReason('smells', 'ja')).toBe('smells');
  });
});
