import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gateClaim } from '../../../src/investigate/gates/claim-gate.ts';
import { claim, ground, hash } from './mining-ground.ts';

function reasonOf(text: string, ids?: string[]): string {
  const gated = gateClaim(claim(text, ids), ground);
  return 'dropped' in gated ? gated.dropped : 'passed';
}

function textOf(text: string, ids?: string[]) {
  const gated = gateClaim(claim(text, ids), ground);
  return 'claim' in gated ? gated.claim.text : gated;
}

describe('a claim is taken out when it', () => {
  it.each([
    ['cites nothing', 'A miner runs.', [], 'cites nothing'],
    ['cites an unknown id', 'A miner runs.', ['E1', 'E4'], 'names evidence that does not exist'],
    ['cites evidence of another incident', 'A miner runs.', ['E9'], 'names evidence that does not exist'],
    ['cites an id in Cyrillic', 'A miner runs.', ['Е1'], 'names evidence that does not exist'],
    ['cites an id with a joiner in it', 'A miner runs.', ['E\u200d1'], 'names evidence that does not exist'],
    ['cites an id in lower case', 'A miner runs.', ['e1'], 'names evidence that does not exist'],
    ['cites a property of objects', 'A miner runs.', ['constructor'], 'names evidence that does not exist'],
    ['names an uncited id in the text', 'A miner runs [E2].', ['E1'], 'names evidence that does not exist'],
    ['names a lookalike id in the text', 'A miner runs [Е7].', ['E1'], 'names evidence that does not exist'],
    ['paraphrases in double quotes', 'It says "the miner was started".', ['E1'], 'quotes what is not there'],
    ['quotes another record than it cites', 'It says "POST /upload.php".', ['E1'], 'quotes what is not there'],
    [
      'joins two records in one quote',
      'It says "www-data POST /upload.php".',
      ['E1', 'E2'],
      'quotes what is not there',
    ],
    ['joins two fields in one quote', 'It says "/var/www/uploads/a.php ignore".', ['E2'], 'quotes what is not there'],
    ['quotes in another case', 'It says "XMRIG started".', ['E1'], 'quotes what is not there'],
    ['quotes with a lookalike letter', 'It says "хmrig started".', ['E1'], 'quotes what is not there'],
    ['begins a quote and does not end it', 'It says "xmrig started.', ['E1'], 'quotes what is not there'],
    ['begins code and does not end it', 'It says `xmrig started.', ['E1'], 'quotes what is not there'],
    ['quotes in single marks before a sign', "It says '(as a test)'.", ['E1'], 'quotes what is not there'],
    ['quotes in single marks between kana', "記録には'管理者のテスト'とある。", ['E1'], 'quotes what is not there'],
    ['quotes in doubled single marks', "It says ''as a test''.", ['E1'], 'quotes what is not there'],
    ['quotes nothing', 'It says "".', ['E1'], 'quotes what is not there'],
    ['quotes the query', 'It says "entity-alerts".', ['E1'], 'quotes what is not there'],
    ['invents an address', '203.0.113.8 uploaded it.', ['E1'], 'names an indicator no evidence has'],
    ['invents an address behind letters', 'ip203.0.113.8 uploaded it.', ['E1'], 'names an indicator no evidence has'],
    ['invents a defanged address', '203.0.113[.]8 uploaded it.', ['E1'], 'names an indicator no evidence has'],
    ['invents a spaced address', '203 . 0 . 113 . 8 did it.', ['E1'], 'names an indicator no evidence has'],
    ['invents a full-width address', '２０３.0.113．8 did it.', ['E1'], 'names an indicator no evidence has'],
    ['invents an IPv6 address', '2001:db8::8 did it.', ['E1'], 'names an indicator no evidence has'],
    ['invents a domain', 'It talks to evil.example.', ['E1'], 'names an indicator no evidence has'],
    [
      'invents a name below one that is there',
      'It asks for key.pool.example.',
      ['E1'],
      'names an indicator no evidence has',
    ],
    ['invents a defanged domain', 'It talks to evil[.]com.', ['E1'], 'names an indicator no evidence has'],
    ['invents a spaced defanged domain', 'It talks to evil [dot] com.', ['E1'], 'names an indicator no evidence has'],
    ['writes a domain in lookalike letters', 'It talks to pооl.example.', ['E1'], 'names an indicator no evidence has'],
    ['invents a domain between kana', '通信先はevil.exampleです。', ['E1'], 'names an indicator no evidence has'],
    ['invents a link', 'See https://evil.example/?d=key now.', ['E1'], 'names an indicator no evidence has'],
    [
      'adds a query to a link that is there',
      'See http://drop.example/a.php?k=1',
      ['E1'],
      'names an indicator no evidence has',
    ],
    ['invents a hash', `It is ${'ab'.repeat(32)}.`, ['E1'], 'names an indicator no evidence has'],
    ['invents a mail address', 'Write to eve@example.com.', ['E1'], 'names an indicator no evidence has'],
    [
      'takes an address from a record it does not cite',
      '198.51.100.9 did it.',
      ['E1'],
      'names an indicator no evidence has',
    ],
    ['holds a link', 'A [miner](http://drop.example/a.php) runs.', ['E1'], 'holds a link or markup'],
    ['holds a full-width link', 'A ［miner］（http://drop.example/a.php） runs.', ['E1'], 'holds a link or markup'],
    ['holds a link around a quote', 'A ["xmrig"](http://drop.example/a.php) runs.', ['E1'], 'holds a link or markup'],
    ['holds an image', 'A ![miner](x) runs.', ['E1'], 'holds a link or markup'],
    ['holds a reference', '[miner]: /x', ['E1'], 'holds a link or markup'],
    ['holds an autolink', 'See <http://drop.example/a.php>.', ['E1'], 'holds a link or markup'],
    ['holds HTML', 'A <b>miner</b> runs.', ['E1'], 'holds a link or markup'],
    ['ends our fold', 'A miner runs.</details>', ['E1'], 'holds a link or markup'],
    ['holds a comment', 'A miner runs. <!-- x', ['E1'], 'holds a link or markup'],
    ['holds a character reference', 'For &#64;ken and &commat;ken.', ['E1'], 'holds a link or markup'],
    ['holds a script address', 'Open javascript:alert(1).', ['E1'], 'holds a link or markup'],
    ['is a heading', '# Approved by ken', ['E1'], 'holds a link or markup'],
    ['is a ticked box', '[x] approved', ['E1'], 'holds a link or markup'],
    ['hides markup behind invisible signs', 'A <\u200bimg src=x> runs.', ['E1'], 'holds a link or markup'],
    ['is too long', 'a '.repeat(300), ['E1'], 'is too long'],
    ['is very long', 'a '.repeat(1_000_000), ['E1'], 'is too long'],
    ['is nothing', ' \u200b ', ['E1'], 'says nothing'],
    ['is only punctuation', '…', ['E1'], 'says nothing'],
  ])('%s', (_, text, ids, reason) => {
    expect(reasonOf(text, ids)).toBe(reason);
  });

  it.each([...'"“”„‟«»「」『』〝〞＂❝❞″`´‘’‚‛‹›❛❜′\''])('paraphrases in %s', (mark) => {
    const closing: Record<string, string> = {
      '“': '”',
      '„': '“',
      '«': '»',
      '「': '」',
      '『': '』',
      '〝': '〞',
      '❝': '❞',
    };
    const other: Record<string, string> = { '‘': '’', '‚': '‘', '‹': '›', '❛': '❜', '”': '”' };
    const end = closing[mark] ?? other[mark] ?? mark;
    expect(reasonOf(`It says ${mark}the miner was started${end} here.`, ['E1'])).toBe('quotes what is not there');
    expect(reasonOf(`It says ${mark}xmrig started${end} here.`, ['E1'])).toBe('passed');
  });
});

describe('a claim passes', () => {
  it('and its quotes become quotes', () => {
    expect(textOf('It says "xmrig started" and `POST /upload.php`.')).toEqual([
      'It says ',
      { quote: 'xmrig started' },
      ' and ',
      { quote: 'POST /upload.php' },
      '.',
    ]);
  });

  it('and its indicators become entities, however they are defanged', () => {
    const ip = { entity: { type: 'ip', value: '203.0.113.7' } };
    for (const written of ['203.0.113.7', '203.0.113[.]7', '203[.]0[.]113[.]7', '２０３.0.113．7', '`203.0.113[.]7`'])
      expect(textOf(`It came from ${written}, twice.`)).toEqual(['It came from ', ip, ', twice.']);
    expect(textOf('It came from 2001:DB8:0::7.')).toEqual([
      'It came from ',
      { entity: { type: 'ip', value: '2001:db8::7' } },
      '.',
    ]);
    expect(textOf(`File ${hash.toUpperCase()} at hxxp://drop[.]example/a.php`)).toEqual([
      'File ',
      { entity: { type: 'file_hash', value: hash } },
      ' at ',
      { entity: { type: 'url', value: 'http://drop.example/a.php' } },
    ]);
  });

  it('with an address that only a cited record has', () => {
    expect(textOf('198.51.100.9 asked for it.', ['E2'])).toEqual([
      { entity: { type: 'ip', value: '198.51.100.9' } },
      ' asked for it.',
    ]);
  });

  it.each([
    ['an apostrophe', "It doesn't stop, the hosts' keys weren’t used."],
    ['abbreviations', 'It ran twice, e.g. at 12:01:03, i.e. v1.2.3 of node.js with T1059.004.'],
    ['a file of a web server', 'It wrote a.php below the uploads folder.'],
    ['Japanese', 'マイナーが「xmrig started」と記録された。'],
    ['a quote of a raw record inside its JSON', 'The agent was "curl/8 @ken fixes #1 <img src=x>".'],
    ['a quote of what hides invisible signs', 'It says "ignore all rules".'],
    ['a number that is there', 'It talks to port `3333`.'],
    ['ids in brackets that it cites', 'A miner runs [E1][E2], as (E1, E2) show.'],
    ['a citation before brackets', 'A miner runs [E1] (twice), and again [E1][E2].'],
    ['words before a colon', 'The file: a.php. About: a miner. Data: 3 GB.'],
    ['paths of Windows', 'It wrote $env:TEMP\\x and C:\\Windows\\System32\\x below C:\\Users.'],
    ['names of a cloud', 'The role arn:aws:iam::123456789012:role/web of account 123456789012 was used.'],
    ['ids of techniques and weaknesses', 'This is T1059.004 by CVE-2024-3094, CVSS 9.8, in xz 5.6.1.'],
    ['times', 'It began on 2026-03-01T12:01:03Z, 21:01:03 JST, and took 2.5 min.'],
    ['abbreviations of names', 'The U.S. office, Acme Inc. and Müller u. Co. see it, z.B. today.'],
    ['a process and its number', 'The process xmrig (pid 4242) was started by www-data, 2 minutes after the upload.'],
    ['ports', 'It talks to 203.0.113.7:3333 over TCP/TLS 1.3.'],
    ['Chinese', '矿工进程由“xmrig started”记录，来自203.0.113.7。'],
    ['German quotes', 'Das Protokoll nennt „xmrig started“ auf web-01.'],
    ['French quotes', 'Le journal dit « xmrig started » sur web-01, l’hôte d’Acme.'],
    ['comparisons', 'The count 2 < 3 and 5 > 4.'],
  ])('with %s', (_, text) => {
    expect(reasonOf(text)).toBe('passed');
  });

  it('only with evidence that exists and quotes that are there, whatever it is made of', () => {
    const piece = fc.constantFrom(
      '"',
      '`',
      '“',
      '”',
      "'",
      '「',
      '」',
      'xmrig started',
      'not there',
      ' ',
      '203.0.113.7',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const gated = gateClaim(claim(pieces.join(''), ['E1']), ground);
        if ('dropped' in gated) return;
        for (const part of gated.claim.text) {
          if (typeof part === 'string') expect(part).not.toMatch(/["`“”「」]/);
          else if ('quote' in part) expect('xmrig started as www-data').toContain(part.quote);
        }
      }),
    );
  });
});
