import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandLimit, parseCommands } from '../../src/commands/parse.ts';

/** Commands of a comment as `line name rest`. */
function read(...lines: string[]): string[] {
  return parseCommands(lines.join('\n')).map((c) => `${c.line} ${c.name} ${c.rest}`.trim());
}

describe('parseCommands', () => {
  it.each<[string, string[], string[]]>([
    ['one command', ['/take'], ['1 take']],
    ['a command with arguments', ['/block 203.0.113.7 for 24h on edge'], ['1 block 203.0.113.7 for 24h on edge']],
    ['several commands, one a line', ['/take', '/severity high'], ['1 take', '2 severity high']],
    ['words around it', ['I have this.', '', '/take', '', 'thanks'], ['3 take']],
    ['any case', ['/APPROVE r1', '/Close FP it is nothing'], ['1 approve r1', '2 close FP it is nothing']],
    ['full-width signs', ['/ｂｌｏｃｋ　２０３．０．１１３．７'], ['1 block 203.0.113.7']],
    ['full-width spaces', ['/close　fp　定期スキャンでした　問題なし　'], ['1 close fp 定期スキャンでした 問題なし']],
    [
      'a length and a place behind full-width spaces',
      ['/block　203.0.113.7　for　24h'],
      ['1 block 203.0.113.7 for 24h'],
    ],
    [
      'a full-width slash, which an input method leaves',
      ['／take', '／ｂｌｏｃｋ　２０３．０．１１３．７'],
      ['1 take', '2 block 203.0.113.7'],
    ],
    ['spaces behind it', ['/take   '], ['1 take']],
    ['a tab before the argument', ['/approve\tR1'], ['1 approve R1']],
    ['no command in the middle of a line', ['please /take this'], []],
    ['no indented command, which is code', ['    /take', '\t/take', ' /take'], []],
    ['no quoted command', ['> /approve all', '>/approve all'], []],
    ['no command in a list', ['- /take', '1. /take'], []],
    ['no command in a fence', ['```', '/approve all', '```', '/take'], ['4 take']],
    ['no command in a fence with a language', ['```sh', '/approve all', '```'], []],
    ['no command in a fence of tildes', ['~~~', '/approve all', '```', '/take', '~~~', '/help'], ['6 help']],
    ['a longer fence holds a shorter one', ['````', '```', '/take', '```', '````', '/help'], ['6 help']],
    ['a fence that never ends hides the rest', ['```', '/approve all'], []],
    ['a fence in a list ends there', ['- do this', '- ```', '  /approve all', '  ```', '/take'], ['5 take']],
    ['code on one line is no fence', ['```/approve all```', '/take'], ['2 take']],
    ['no command in a hidden comment', ['<!--', '/approve all', '-->', '/take'], ['4 take']],
    ['a hidden comment on one line hides nothing else', ['<!-- note -->', '/take'], ['2 take']],
    ['a second hidden comment on a line counts', ['<!-- a --> <!-- b', '/approve all', '-->'], []],
    ['no command in preformatted HTML', ['<pre>', '/approve all', '</pre>', '/take'], ['4 take']],
    ['a path is no command', ['/etc/passwd was read', '/var/log'], []],
    ['a lone slash is no command', ['/', '/ take', '//take'], []],
    ['nothing', [''], []],
  ])('reads %s', (_, comment, expected) => {
    expect(read(...comment)).toEqual(expected);
  });

  it('reads lines that end as on Windows and on old Macintoshes', () => {
    expect(parseCommands('/take\r\n/help\r/reopen').map((c) => c.name)).toEqual(['take', 'help', 'reopen']);
  });

  it('reads one command more than may be run, so that the comment can be told of the rest', () => {
    const found = parseCommands('/take\n'.repeat(100));
    expect(found).toHaveLength(commandLimit + 1);
  });

  it('never throws and only ever reads commands that begin a line, whatever is written', () => {
    const piece = fc.constantFrom(
      '/take',
      '\n',
      '```',
      '<!--',
      '-->',
      '> ',
      ' ',
      '／take',
      '<pre>',
      '\u2028',
      'x',
      '- ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const body = pieces.join('');
        const lines = body.split(/\r\n|\r|\n/);
        for (const c of parseCommands(body)) expect(lines[c.line - 1]?.normalize('NFKC')).toMatch(/^\/take/);
      }),
    );
  });

  it('reads a comment of a megabyte in no time that is noticed', () => {
    expect(parseCommands('<!--'.repeat(250_000))).toEqual([]);
    expect(parseCommands(`${'`'.repeat(900_000)}\n/take`)).toEqual([]);
  });
});
