import { textOf } from './evaluate-test.ts';
import { fold } from './fold.ts';
import { type Glob, literalOf, mapLiterals, matchesGlob, readGlob, run } from './glob.ts';
import type { EventCondition, Pipeline, PipelineSource } from './processing-pipeline.ts';
import type { NativeEvent } from './rule.ts';
import { pathsOf } from './transform.ts';

/** What an event was recognized as: its pipeline, and those of the pipeline's log sources it is of. */
export interface Recognized {
  pipeline: Pipeline;
  sources: PipelineSource[];
}

/** Combinations of values of one pipeline that are remembered; hostile events may bring any number. */
const mostRemembered = 10_000;

/** Recognizes events by the pipelines, first fit by their priority. */
export class Recognizer {
  private readonly readers: PipelineReader[];

  constructor(pipelines: readonly Pipeline[]) {
    this.readers = [...pipelines].sort((a, b) => a.priority - b.priority).map((one) => new PipelineReader(one));
  }

  /** Undefined when no pipeline knows the event. The same object comes back for events of the same log sources. */
  recognize(event: NativeEvent): Recognized | undefined {
    return this.readers.find((reader) => reader.knows(event))?.read(event);
  }
}

class PipelineReader {
  private readonly pipeline: Pipeline;
  private readonly conditions: Holds[];
  private readonly sources: { source: PipelineSource; holds: Holds }[];
  /** Fields the log sources are told apart by, as places in the event. */
  private readonly deciding: string[][];
  private readonly remembered = new Map<string, Recognized>();
  private readonly known = new Map<string, Recognized>();

  constructor(pipeline: Pipeline) {
    this.pipeline = pipeline;
    const places = (field: string) => pathsOf(field, pipeline).flat();
    this.conditions = pipeline.recognize.map((condition) => holds(condition, (field) => [field]));
    this.sources = pipeline.sources.map((source) => ({ source, holds: holds(source.when, places) }));
    const fields = new Set(pipeline.sources.flatMap(({ when }) => Object.keys(when)));
    this.deciding = [...fields].map(places);
  }

  knows(event: NativeEvent): boolean {
    for (const condition of this.conditions) if (condition(event)) return true;
    return false;
  }

  read(event: NativeEvent): Recognized {
    let key = '';
    for (const places of this.deciding) {
      const value = firstAt(event, places);
      key += `${value === undefined ? '' : textOf(value)}\0`;
    }
    const known = this.remembered.get(key);
    if (known) return known;
    const sources = this.sources.filter((one) => one.holds(event)).map(({ source }) => source);
    const names = sources.map((source) => this.pipeline.sources.indexOf(source)).join();
    const recognized = this.known.get(names) ?? { pipeline: this.pipeline, sources };
    this.known.set(names, recognized);
    if (this.remembered.size >= mostRemembered) this.remembered.clear();
    if (key.length < 1024) this.remembered.set(key, recognized);
    return recognized;
  }
}

type Holds = (event: NativeEvent) => boolean;

function holds(condition: EventCondition, places: (field: string) => string[]): Holds {
  const fields = Object.entries(condition).map(([field, values]) => ({ places: places(field), passes: anyOf(values) }));
  return (event) => {
    for (const { places: at, passes } of fields) {
      const value = firstAt(event, at);
      if (value === undefined || !passes(value)) return false;
    }
    return true;
  };
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

function firstAt(event: NativeEvent, places: readonly string[]): unknown {
  for (const place of places) {
    const value = valueAt(event, place);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** The value at a dotted path, or of a key that is itself written so; the first element of an array stands for it. */
export function valueAt(event: NativeEvent, path: string): unknown {
  const whole = event[path];
  if (whole !== undefined || !path.includes('.')) return whole;
  let value: unknown = event;
  for (const key of path.split('.')) {
    if (Array.isArray(value)) [value] = value;
    if (typeof value !== 'object' || value === null) return undefined;
    value = key === '*' ? Object.values(value)[0] : (value as Record<string, unknown>)[key];
  }
  return value;
}
