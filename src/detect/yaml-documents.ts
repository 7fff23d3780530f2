import {
  boolCoreTag,
  defineScalarTag,
  loadAll,
  mapTag,
  NOT_RESOLVED,
  nullCoreTag,
  Schema,
  seqTag,
  strTag,
  YAMLException,
} from 'js-yaml';
import { isMap, isPair, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** Longest file, most documents of it, and most nodes of one document; a rule has some hundred. */
const documentLimits = { bytes: 1024 * 1024, documents: 5_000, nodes: 200_000, depth: 40 } as const;

/** One YAML document of a file. */
export interface YamlDocument {
  value: unknown;
  /** 1-based line its content begins at. */
  line: number;
  /** 1-based line of a key or element, by its path; of the nearest parent that stands there. Slow: for problems only. */
  lineOf(path: readonly (string | number)[]): number;
}

export interface YamlError {
  line: number;
  message: string;
}

/**
 * A number only where it reads as it is written: `012345678901`, `0x40810000` and `10.0` stand for the text an event has
 * there, which YAML's numbers would have lost.
 */
const numberTag = defineScalarTag('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: ['-', ...'0123456789'],
  resolve: (source) => (String(Number(source)) === source && source !== 'Infinity' ? Number(source) : NOT_RESOLVED),
  identify: (value) => typeof value === 'number',
});

const schema = new Schema([strTag, seqTag, mapTag, nullCoreTag, boolCoreTag, numberTag]);

/** What begins a document; inside one it cannot stand at the start of a line. */
const separator = /^---(?=\s|$)/m;

/** The documents of a file, each read or refused by itself, so that one broken document does not take the others. */
export function readDocuments(text: string): (YamlDocument | YamlError)[] {
  if (Buffer.byteLength(text) > documentLimits.bytes)
    return [{ line: 1, message: `The file is longer than ${documentLimits.bytes} bytes.` }];
  const found: (YamlDocument | YamlError)[] = [];
  let before = 0;
  const chunks = text.replace(/^\uFEFF/, '').split(separator);
  if (chunks.length > documentLimits.documents)
    return [{ line: 1, message: `The file has more than ${documentLimits.documents} documents.` }];
  for (const chunk of chunks) {
    if (chunk.trim() !== '') found.push(...readChunk(chunk, before));
    before += chunk.split('\n').length - 1;
  }
  return found;
}

function readChunk(chunk: string, before: number): (YamlDocument | YamlError)[] {
  try {
    const values: unknown[] = [];
    loadAll(chunk, (value: unknown) => values.push(value), { schema });
    const first = before + 1 + (/^\s*/.exec(chunk)?.[0].split('\n').length ?? 1) - 1;
    return values
      .filter((value) => value !== null && value !== undefined)
      .map((value) => {
        const refused = tooLarge(value);
        if (refused) return { line: first, message: refused };
        return { value, line: first, lineOf: (path) => before + lineIn(chunk, path) };
      });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return [{ line: before + (error.mark?.line ?? 0) + 1, message: `This is no YAML: ${error.reason}.` }];
  }
}

/** Aliases are shared, not copied, so a small file can stand for a tree that never ends: what is walked is counted. */
function tooLarge(value: unknown): string | undefined {
  let nodes = 0;
  const stack: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    nodes += 1;
    if (nodes > documentLimits.nodes) return `The document has more than ${documentLimits.nodes} values.`;
    if (next.depth > documentLimits.depth) return `The document is nested more than ${documentLimits.depth} deep.`;
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const inner of Object.values(next.value)) stack.push({ value: inner, depth: next.depth + 1 });
  }
  return undefined;
}

function lineIn(chunk: string, path: readonly (string | number)[]): number {
  const { counter, contents } = parsedForLines(chunk);
  let node: unknown = contents;
  let offset = rangeOf(node);
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(item.key) === String(step));
      if (!pair) break;
      offset = rangeOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = rangeOf(node) ?? offset;
    } else break;
  }
  return counter.linePos(offset ?? 0).line;
}

/** The document asked about last: problems of one come one after the other. */
let lastParsed: { chunk: string; counter: LineCounter; contents: unknown } | undefined;

function parsedForLines(chunk: string): NonNullable<typeof lastParsed> {
  if (lastParsed?.chunk === chunk) return lastParsed;
  const counter = new LineCounter();
  // Whether keys are unique it would ask in quadratic time; js-yaml has seen to that.
  const { contents } = parseDocument(chunk, { lineCounter: counter, logLevel: 'silent', uniqueKeys: false });
  lastParsed = { chunk, counter, contents };
  return lastParsed;
}

function rangeOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
