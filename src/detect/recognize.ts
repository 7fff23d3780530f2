import { textOf } from './evaluate-test.ts';
import { fold } from './fold.ts';
import { type Glob, literalOf, mapLiterals, matchesGlob, readGlob, run } from './glob.ts';
import { firstAt, type Place, place } from './places.ts';
import type { EventCondition, Pipeline, PipelineSource } from './processing-pipeline.ts';
import type { NativeEvent } from './rule.ts';
import { pathsOf } from './transform.ts';

/** What an event was recognized as: its pipeline, and those of the pipeline's log sources it is of. */
export interface Recognized {
  pipeline: Pipeline;
  sources: PipelineSource[];
}

/** Values that are remembered of one pipeline; hostile events may bring any number, of any length. */
const mostRemembered = 10_000;
const longestRemembered = 256;

/** A field that is not there, among the texts of values; no text is like it. */
const absent = '\0absent';

/** Recognizes events by the pipelines, first fit by their priority. */
export class Recognizer {
  /** By a top-level key that all events of an alternative have; those of the first pipelines come first. */
  private readonly anchors: Anchor[];

  constructor(pipelines: readonly Pipeline[]) {
    const sorted = [...pipelines].sort((a, b) => a.priority - b.priority);
    const anchors = new Map<string, Anchor>();
    for (const [rank, pipeline] of sorted.entries()) {
      const tree = new SourceTree(pipeline);
      for (const condition of pipeline.recognize) {
        const alternative = { rank, tree, requirements: requirements(condition, (field) => [field]) };
        for (const key of anchorsOf(alternative.requirements)) {
          const anchor = anchors.get(key) ?? { key, rank, alternatives: [] };
          anchor.alternatives.push(alternative);
          anchors.set(key, anchor);
        }
      }
    }
    this.anchors = [...anchors.values()];
  }

  /** Undefined when no pipeline knows the event. The same object comes back for events of the same log sources. */
  recognize(event: NativeEvent): Recognized | undefined {
    let best: Alternative | undefined;
    for (const { key, rank, alternatives } of this.anchors) {
      if (best && rank >= best.rank) break;
      if (event[key] === undefined) continue;
      for (const one of alternatives) {
        if (best && one.rank >= best.rank) break;
        if (holds(one.requirements, event)) best = one;
      }
    }
    return best?.tree.read(event);
  }
}

interface Anchor {
  key: string;
  rank: number;
  alternatives: Alternative[];
}

/** One of the ways to know a pipeline's events. */
interface Alternative {
  rank: number;
  tree: SourceTree;
  requirements: Requirement[];
}

/** Keys one of which an event has when it fulfils them all. */
function anchorsOf(all: readonly Requirement[]): Set<string> {
  const choices = all.map(({ places }) => new Set(places.flatMap(({ whole, keys }) => [whole, keys[0] ?? whole])));
  return choices.reduce((best, one) => (one.size < best.size ? one : best));
}

interface Requirement {
  field: string;
  places: Place[];
  passes(value: unknown): boolean;
}

function requirements(condition: EventCondition, paths: (field: string) => string[]): Requirement[] {
  return Object.entries(condition).map(([field, values]) => ({
    field,
    places: paths(field).map(place),
    passes: anyOf(values),
  }));
}

function holds(condition: readonly Requirement[], event: NativeEvent): boolean {
  for (const { places, passes } of condition) {
    const value = firstAt(event, places);
    if (value === undefined || !passes(value)) return false;
  }
  return true;
}

interface Candidate {
  source: PipelineSource;
  /** What is left to ask of the event. */
  left: Requirement[];
}

interface TreeNode {
  /** The log sources it can still be, when nothing is left to ask. */
  recognized?: Recognized;
  candidates: Candidate[];
  field: string;
  places: Place[];
  next: Map<string, TreeNode>;
}

/**
 * Which log sources an event of a pipeline is of, as a decision tree over the fields they are told apart by. It grows
 * with the values that come, so that an event is asked only for the fields its kind is decided by.
 */
class SourceTree {
  private readonly pipeline: Pipeline;
  private readonly known = new Map<string, Recognized>();
  private readonly all: Candidate[];
  private root: TreeNode;
  private remembered = 0;

  constructor(pipeline: Pipeline) {
    this.pipeline = pipeline;
    const paths = (field: string) => pathsOf(field, pipeline).flat();
    this.all = pipeline.sources.map((source) => ({ source, left: requirements(source.when, paths) }));
    this.root = this.node(this.all);
  }

  read(event: NativeEvent): Recognized {
    let node = this.root;
    while (!node.recognized) {
      const value = firstAt(event, node.places);
      const text = value === undefined ? absent : textOf(value);
      node = node.next.get(text) ?? this.grow(node, text, value);
    }
    return node.recognized;
  }

  private grow(node: TreeNode, text: string, value: unknown): TreeNode {
    const { field } = node;
    const candidates = node.candidates
      .filter(({ left }) => left.every((one) => one.field !== field || (value !== undefined && one.passes(value))))
      .map(({ source, left }) => ({ source, left: left.filter((one) => one.field !== field) }));
    const grown = this.node(candidates);
    if (text.length > longestRemembered) return grown;
    this.remembered += 1;
    if (this.remembered > mostRemembered) {
      this.remembered = 0;
      this.root = this.node(this.all);
    } else node.next.set(text, grown);
    return grown;
  }

  /** Asks next for the field that decides the most. */
  private node(candidates: Candidate[]): TreeNode {
    const asked = new Map<string, { field: string; places: Place[]; times: number }>();
    for (const { field, places } of candidates.flatMap(({ left }) => left)) {
      const times = (asked.get(field)?.times ?? 0) + 1;
      asked.set(field, { field, places, times });
    }
    const [most] = [...asked.values()].sort((a, b) => b.times - a.times);
    if (most) return { candidates, field: most.field, places: most.places, next: new Map() };
    const recognized = this.recognized(candidates.map(({ source }) => source));
    return { candidates, field: '', places: [], next: new Map(), recognized };
  }

  private recognized(sources: PipelineSource[]): Recognized {
    const key = sources.map((source) => this.pipeline.sources.indexOf(source)).join();
    const known = this.known.get(key) ?? { pipeline: this.pipeline, sources };
    this.known.set(key, known);
    return known;
  }
}

function anyOf(values: readonly string[]): (value: unknown) => boolean {
  const globs: Glob[] = values.map((value) => mapLiterals(readGlob(value), fold));
  if (globs.some((glob) => glob.length === 1 && glob[0] === run)) return () => true;
  const exact = new Set(globs.map(literalOf).filter((text) => text !== undefined));
  const forms = globs.filter((glob) => literalOf(glob) === undefined);
  return (value) => {
    const text = fold(textOf(value));
    return exact.has(text) || forms.some((glob) => matchesGlob(glob, text));
  };
}
