/** A run of a sentence: in quotation marks or not. */
export interface Run {
  quoted: boolean;
  text: string;
}

/** Opening marks and what closes each; a mark that is not here closes with any mark of its class. */
const closers: Record<string, string> = {
  '“': '”“"',
  '„': '“”"',
  '‟': '”“‟"',
  '«': '»',
  '»': '«»',
  '「': '」',
  '『': '』',
  '｢': '｣',
  '《': '》',
  '〈': '〉',
  '〝': '〞〟',
  '❝': '❞',
  '‘': "’'",
  '‚': "‘’'",
  '‹': '›',
  '›': '‹›',
  '❛': '❜',
};

/** Unicode's own list, and what is drawn so that a reader takes it for one. */
const mark = /[\p{Quotation_Mark}`´′″‵‶ʹʺʻʼʽˈˊˋˮ˝❛❜❝❞❟❠《》〈〉🙶🙷🙸]/u;

/** Marks that also stand in words (`doesn’t`, `the users' keys`) or behind numbers. */
const single = /['‘’‚‛‹›❛❜❟`´′‵ʹʻʼʽˈˊˋ＇]/u;

/** Letters of scripts that put spaces between words: behind one of these a single mark is an apostrophe. */
const word = /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}])[\p{L}\p{N}]/u;

/**
 * Cuts a sentence at its quotation marks: those of any script, backticks and `<code>`. Marks within a quotation belong
 * to it. Undefined when a quotation does not end.
 */
export function quotations(text: string): Run[] | undefined {
  const runs: Run[] = [];
  let rest = '';
  for (let at = 0; at < text.length; ) {
    const found = opens(text, at) ? quotationAt(text, at) : undefined;
    if (found === 'open') return undefined;
    if (found === undefined) {
      rest += text[at];
      at += 1;
      continue;
    }
    runs.push({ quoted: false, text: rest }, { quoted: true, text: text.slice(at + found.skip, found.end).trim() });
    rest = '';
    at = found.end + found.close;
  }
  return [...runs, { quoted: false, text: rest }].filter((run) => run.quoted || run.text !== '');
}

interface Quotation {
  /** Characters of the opening and of the closing mark. */
  skip: number;
  close: number;
  /** Where the closing mark is. */
  end: number;
}

function opens(text: string, at: number): boolean {
  const sign = text[at] ?? '';
  if (sign === '<') return /^<code>/i.test(text.slice(at, at + 6));
  if (!mark.test(sign)) return false;
  if (sign === '`') return true;
  const before = text[at - 1] ?? '';
  if (single.test(sign)) return !word.test(before) && /\S/.test(text[at + 1] ?? '');
  return !/[″‶ʺ˝]/.test(sign) || !/\d/.test(before) || text.indexOf(sign, at + 1) > 0;
}

function quotationAt(text: string, at: number): Quotation | 'open' | undefined {
  const sign = text[at] ?? '';
  if (sign === '<') {
    const end = text.toLowerCase().indexOf('</code>', at);
    return end < 0 ? 'open' : { skip: 6, close: 7, end };
  }
  if (sign === '`') return codeSpanAt(text, at);
  const end = closingOf(text, at, sign);
  if (end >= 0) return { skip: 1, close: 1, end };
  return single.test(sign) ? undefined : 'open';
}

/** As in CommonMark: ended by a run of as many backticks. */
function codeSpanAt(text: string, at: number): Quotation | 'open' {
  const fence = /^`+/.exec(text.slice(at))?.[0].length ?? 1;
  const closing = [...text.slice(at + fence).matchAll(/`+/g)].find((run) => run[0].length === fence);
  return closing ? { skip: fence, close: fence, end: at + fence + closing.index } : 'open';
}

function closingOf(text: string, at: number, sign: string): number {
  const pair = closers[sign];
  let depth = 0;
  for (let i = at + 1; i < text.length; i++) {
    const here = text[i] ?? '';
    if (pair !== undefined && here === sign && !pair.includes(sign)) depth += 1;
    if (!(pair?.includes(here) ?? (mark.test(here) && single.test(here) === single.test(sign)))) continue;
    if (single.test(sign) && word.test(text[i + 1] ?? '')) continue;
    if (depth === 0) return i;
    depth -= 1;
  }
  return -1;
}
