import { firstDifference } from './first-difference.ts';

/** What a lock file writes behind the version: the platform that the gem is built for, such as `-x86_64-linux`. */
const platform = /-(?:\w+-)?(?:java|linux|darwin|mingw|mswin|freebsd)[\w.-]*$/;

const form = /^\d+(?:\.[\da-z]+)*(?:-[\da-z-]+(?:\.[\da-z-]+)*)?$/i;

/**
 * The order of `Gem::Version` (https://docs.ruby-lang.org/en/master/Gem/Version.html): a part with letters makes a
 * prerelease, digits and letters in one part are two, a hyphen begins a prerelease. Undefined where one is no version.
 */
export function rubyOrder(a: string, b: string): number | undefined {
  const one = segmentsOf(a);
  const other = segmentsOf(b);
  return one && other && firstDifference(one, other, compare);
}

/** Without the zeros that mean nothing: `1.0.0.beta` is `1.beta`. */
function segmentsOf(text: string): (number | string)[] | undefined {
  const version = text.replace(platform, '');
  if (!form.test(version)) return undefined;
  const parts = version.replaceAll('-', '.pre.').match(/\d+|[a-z]+/gi) ?? [];
  const segments = parts.map((part) => (/^\d/.test(part) ? Number(part) : part));
  const word = segments.findIndex((segment) => typeof segment === 'string');
  const numbers = word < 0 ? segments : segments.slice(0, word);
  return [...trimmed(numbers), ...trimmed(segments.slice(numbers.length))];
}

function trimmed(segments: (number | string)[]): (number | string)[] {
  return segments.slice(0, segments.findLastIndex((segment) => segment !== 0) + 1);
}

/** A word is older than any number; words are in the order of their letters, capitals first. */
function compare(a: number | string = 0, b: number | string = 0): number {
  if (typeof a !== typeof b) return typeof a === 'string' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
