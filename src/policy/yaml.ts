import { Composer, type CST, type Document, isAlias, LineCounter, type Node, Parser, visit } from 'yaml';
import { type LineOf, lineOf } from './yaml-lines.ts';

/** What one piece of YAML may cost; far above anything written by hand. */
const yamlLimits = { depth: 20, aliases: 20, keysAMap: 1_000, problems: 20 } as const;

/** One YAML document as plain data, and where each part of it stands. */
export interface PositionedYaml {
  data: unknown;
  lineOf: LineOf;
}

export interface YamlProblem {
  /** 1-based, in the text that was parsed. */
  line: number;
  message: string;
}

/**
 * Reads YAML 1.2 with the core schema only: no tags, no directives, no merge keys, no cyclic or piled-up aliases,
 * text keys, each key once. Bounded before anything is built. Documents are returned only when there is no problem.
 */
export function parseYaml(source: string): { documents: PositionedYaml[]; problems: YamlProblem[] } {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(source)];
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const excess = excessOf(tokens, lineAt);
  if (excess) return { documents: [], problems: [excess] };

  const options = { prettyErrors: false, resolveKnownTags: false, schema: 'core', stringKeys: true } as const;
  const documents = [...new Composer(options).compose(tokens)];
  const problems = documents.flatMap((document) => problemsOf(document, lineAt)).slice(0, yamlLimits.problems);
  if (problems.length > 0) return { documents: [], problems };
  return {
    documents: documents.map((document) => ({
      data: document.toJS({ maxAliasCount: yamlLimits.aliases }) as unknown,
      lineOf: lineOf(document, lineAt),
    })),
    problems: [],
  };
}

/** Walks the tokens without recursion, before nodes are built: building recurses and compares keys pairwise. */
function excessOf(tokens: CST.Token[], lineAt: (offset: number) => number): YamlProblem | undefined {
  const open: { token: CST.Token | null | undefined; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (!token) continue;
    if (token.type === 'directive') {
      return { line: lineAt(token.offset), message: 'A YAML directive (a line that begins with %) is not allowed.' };
    }
    if (token.type === 'document') open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    if (depth >= yamlLimits.depth) {
      return { line: lineAt(token.offset), message: `Nested deeper than ${yamlLimits.depth} levels.` };
    }
    if (token.type !== 'block-seq' && token.items.length > yamlLimits.keysAMap && isMapToken(token)) {
      return { line: lineAt(token.offset), message: `More than ${yamlLimits.keysAMap} keys in one place.` };
    }
    for (const item of token.items)
      open.push({ token: item.key, depth: depth + 1 }, { token: item.value, depth: depth + 1 });
  }
  return undefined;
}

function isMapToken(token: CST.BlockMap | CST.FlowCollection): boolean {
  return token.type === 'block-map' || token.start.type === 'flow-map-start';
}

function problemsOf(document: Document.Parsed, lineAt: (offset: number) => number): YamlProblem[] {
  const found = [...document.errors, ...document.warnings].map((error) => ({
    line: lineAt(error.pos[0]),
    message: sentenceOf(error.code, error.message),
  }));
  if (found.length === 0) found.push(...aliasProblems(document, lineAt));
  // One slip often makes a run of complaints on the same line; the first one is the cause.
  return found.filter((problem, i) => found.findIndex((other) => other.line === problem.line) === i);
}

function sentenceOf(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'This key is already given above; each key may stand once.';
  if (code === 'TAG_RESOLVE_FAILED') return 'YAML tags (a value that begins with !) are not allowed.';
  if (code === 'NON_STRING_KEY') return 'A key must be plain text; put it in quotes.';
  return `Not valid YAML: ${message.replace(/\s+/g, ' ')}.`;
}

function aliasProblems(document: Document.Parsed, lineAt: (offset: number) => number): YamlProblem[] {
  const found: YamlProblem[] = [];
  let count = 0;
  visit(document, {
    Alias(_key, alias, ancestors) {
      const line = lineAt(alias.range?.[0] ?? 0);
      const target: Node | undefined = alias.resolve(document);
      count += 1;
      if (count > yamlLimits.aliases) {
        found.push({
          line,
          message: `More than ${yamlLimits.aliases} aliases (*name) in one file; write the values out.`,
        });
        return visit.BREAK;
      }
      if (!target) found.push({ line, message: `No anchor &${alias.source} stands before this alias.` });
      else if (ancestors.includes(target) || isAlias(target))
        found.push({ line, message: 'An alias inside its own anchor.' });
      return undefined;
    },
  });
  if (found.length === 0 && count > 0) {
    try {
      document.toJS({ maxAliasCount: yamlLimits.aliases });
    } catch {
      found.push({ line: 1, message: 'Aliases of aliases expand to too much; write the values out.' });
    }
  }
  return found;
}
