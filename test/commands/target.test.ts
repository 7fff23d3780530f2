import { describe, expect, it } from 'vitest';
import { readTarget } from '../../src/commands/target.ts';
import { targetWords } from '../../src/messages/target.ts';

describe('readTarget', () => {
  it.each([
    ['203.0.113.7', 'ip 203.0.113.7'],
    ['203.0.113[.]7', 'ip 203.0.113.7 refanged'],
    ['203[.]0[.]113[.]7', 'ip 203.0.113.7 refanged'],
    ['203.0.113(.)7', 'ip 203.0.113.7 refanged'],
    ['203.0.113{.}7', 'ip 203.0.113.7 refanged'],
    ['203.0.113[dot]7', 'ip 203.0.113.7 refanged'],
    ['203.0.113(DOT)7', 'ip 203.0.113.7 refanged'],
    ['203.0.113\\.7', 'ip 203.0.113.7 refanged'],
    ['203.0.113[.7', 'ip 203.0.113.7 refanged'],
    ['203。0。113。7', 'ip 203.0.113.7 refanged'],
    ['`203.0.113.7`', 'ip 203.0.113.7'],
    ['2001:DB8::1', 'ip 2001:db8::1'],
    ['2001:db8[:]:1', 'ip 2001:db8::1 refanged'],
    ['::ffff:203.0.113.7', 'ip 203.0.113.7'],
    ['Bad.Example', 'domain bad.example'],
    ['bad.example.', 'domain bad.example'],
    ['bad[.]example', 'domain bad.example refanged'],
    ['bad[dot]example', 'domain bad.example refanged'],
    ['xn--bcher-kva.example', 'domain xn--bcher-kva.example'],
    ['hxxps://bad[.]example/x', 'refused: a link is not a target'],
    ['hxxp[://]bad.example', 'refused: a link is not a target'],
    ['hXXp[:]//bad.example', 'refused: a link is not a target'],
    ['bad.example/path', 'refused: a link is not a target'],
    ['203.0.113.0/24', 'refused: networks are not blocked by command'],
    ['2001:db8::/32', 'refused: networks are not blocked by command'],
    ['eve@bad.example', 'refused: a mail address is not a target'],
    ['eve[at]bad[.]example', 'refused: a mail address is not a target'],
    ['bücher.example', 'refused: write the name in its xn-- form'],
    ['203.0.113.7:443', 'refused: that is neither'],
    ['010.0.0.1', 'refused: that is neither'],
    ['0x7f.1', 'refused: that is neither'],
    ['203.0.113', 'refused: that is neither'],
    ['203.0.113.256', 'refused: that is neither'],
    ['localhost', 'refused: that is neither'],
    ['-bad.example', 'refused: that is neither'],
    ['fe80::1%eth0', 'refused: that is neither'],
    ['', 'refused: that is neither'],
    [`${'a'.repeat(70)}.example`, 'refused: that is neither'],
  ])('reads %s as %s', (typed, expected) => {
    const read = readTarget(typed);
    const said =
      'refusal' in read
        ? `refused: ${targetWords('en')[read.refusal]}`
        : `${read.entity.type} ${read.entity.value}${read.refanged ? ' refanged' : ''}`;
    expect(said.startsWith(expected) && ('refusal' in read || said === expected) ? expected : said).toBe(expected);
  });
});
