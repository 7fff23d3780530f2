import { RE2JS } from 're2js';
export interface LinearRegex {
  source: string;
  flags: { i: boolean; m: boolean; s: boolean };
  test(text: string): boolean;
  literals: string[];
}
export function linearRegex(
  source: string,
  flags: { i: boolean; m: boolean; s: boolean },
): LinearRegex | { refused: string } {
  try {
    const re = RE2JS.compile(
      source,
      (flags.i ? RE2JS.CASE_INSENSITIVE : 0) | (flags.m ? RE2JS.MULTILINE : 0) | (flags.s ? RE2JS.DOTALL : 0),
    );
    return { source, flags, literals: [], test: (text) => re.matcher(text).find() };
  } catch (e) {
    return { refused: String(e) };
  }
}
