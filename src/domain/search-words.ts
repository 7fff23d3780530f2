/** Splits texts of scripts that put no spaces between words by a dictionary; Latin words come out as they are. */
const dictionary = new Intl.Segmenter('ja', { granularity: 'word' });

/** What stands around words and names of any kind. */
const around = /[\s"'`,;()[\]{}<>、。「」『』【】・:!?]+/;

/**
 * The words of a text as a search compares them, in any script: width, case and composition of kana say nothing, addresses
 * and names with dots stay whole also where a particle follows without a space, and a single kanji is a word.
 */
export function searchWords(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(around)
    .flatMap((part) => part.match(/[\x21-\x7e]+|[^\x21-\x7e]+/g) ?? [])
    .flatMap((run) => (/^[\x21-\x7e]/.test(run) ? [run] : wordsOf(run)))
    .filter((word) => word.length > 1 || /\p{Script=Han}/u.test(word));
}

function wordsOf(run: string): string[] {
  return [...dictionary.segment(run)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}
