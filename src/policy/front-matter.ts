import matter from 'gray-matter';
import { type PositionedYaml, parseYaml, type YamlProblem } from './yaml.ts';
import type { LineOf } from './yaml-lines.ts';

/** Bytes of UTF-8, and characters of white space in a row: gray-matter looks for comments in quadratic time. */
const frontMatterLimits = { bytes: 64 * 1024, blankRun: 1_000 } as const;

/** A markdown file taken apart. */
export interface FrontMatter {
  /** `undefined` when the file has no front matter; `null` when it is empty. */
  data: unknown;
  /** Lines are those of the file. */
  lineOf: LineOf;
  /** Prose below the front matter, line ends as `\n`. */
  body: string;
  /** 1-based line of the file on which the body begins. */
  bodyLine: number;
}

const refuse = () => {
  throw new Error('Only YAML front matter is read.');
};

/** gray-matter evaluates `---js` and hands YAML to an old js-yaml; all of it is replaced, by every name it knows. */
const refused = {
  js: refuse,
  javascript: refuse,
  json: refuse,
  coffee: refuse,
  coffeescript: refuse,
  cson: refuse,
  toml: refuse,
};

/**
 * Splits a markdown file into YAML front matter and prose. The only place that calls gray-matter: always with an
 * options object, because without one it caches and reads a broken file as `{}` the second time.
 */
export function readFrontMatter(text: string): { value?: FrontMatter; problems: YamlProblem[] } {
  if (!/^---(?!-)/.test(text)) {
    return { value: { data: undefined, lineOf: () => 1, body: unixLines(text), bodyLine: 1 }, problems: [] };
  }
  const refusal = refusalOf(text);
  if (refusal) return { problems: [refusal] };

  let parsed: { documents: PositionedYaml[]; problems: YamlProblem[] } = { documents: [], problems: [] };
  const yaml = (source: string) => {
    // The block begins behind the opening `---`, on the file's first line: its lines are the file's lines.
    parsed = parseYaml(source);
    return {};
  };
  const { content } = matter(text, { language: 'yaml', engines: { ...refused, yaml } });
  if (parsed.problems.length > 0) return { problems: parsed.problems };

  const document = parsed.documents[0];
  return {
    value: {
      data: document?.data ?? null,
      lineOf: (path, key) => (path.length === 0 && key === undefined ? 1 : (document?.lineOf(path, key) ?? 1)),
      body: unixLines(content),
      bodyLine: lineAt(text, text.length - content.length),
    },
    problems: [],
  };
}

/** What makes the file unfit for gray-matter, found without it. */
function refusalOf(text: string): YamlProblem | undefined {
  const language = text.slice(3, endOfLine(text, 3)).trim();
  if (language !== '' && language !== 'yaml' && language !== 'yml') {
    return { line: 1, message: 'Front matter is YAML only: the first line must be exactly ---.' };
  }
  const close = text.indexOf('\n---');
  if (close === -1) return { line: 1, message: 'The front matter is not closed: a line --- must end it.' };
  if (text.slice(close + 4, endOfLine(text, close + 4)).trim() !== '') {
    return { line: lineAt(text, close + 1), message: 'The line that ends the front matter must be exactly ---.' };
  }
  const block = text.slice(0, close);
  if (Buffer.byteLength(block) > frontMatterLimits.bytes) {
    return { line: 1, message: `The front matter is larger than ${frontMatterLimits.bytes / 1024} KiB.` };
  }
  const blank = new RegExp(`\\s{${frontMatterLimits.blankRun}}`).exec(block);
  if (blank) return { line: lineAt(text, blank.index), message: 'More than 1,000 blank characters in a row.' };
  return undefined;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
