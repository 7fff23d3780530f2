import type { Placement, Span } from '../domain/incident.ts';
import { type Far, joinReasonText } from '../domain/join-reason.ts';
import type { JoinKey } from './join-keys.ts';

export interface Candidate {
  time: number;
  keys: JoinKey[];
  /** The closed incident in which exactly this alert was told before, and whether it opens that again. */
  closedRepeat?: { story: string; reopens: boolean };
}

export interface Correlated {
  /** One for each candidate, in order; `story` is the surviving one. */
  placements: Placement[];
  /** Stories found to be the same one; `into` survives. */
  merges: { from: string; into: string; reason: string }[];
  /** Stories that did not exist: `new:0`, `new:1` … */
  opened: string[];
  /** Closed incidents that the same alert came back to. */
  reopened: string[];
  /** All spans of every key that changed. */
  spans: Map<string, Span[]>;
}

/**
 * Groups alerts into stories: two alerts belong together when they share a key within its window, and so does
 * everything connected through them. That relation knows no order, so neither does the grouping; an alert that
 * connects two stories merges them, the one opened first survives.
 */
export function correlate(candidates: Candidate[], known: Span[]): Correlated {
  const spans = new Map<string, Span[]>();
  for (const span of known) spans.set(span.key, [...(spans.get(span.key) ?? []), { ...span }]);
  const stories = createStories();
  const placements: Placement[] = [];
  const changed = new Set<string>();
  for (const candidate of candidates) {
    const hits = candidate.keys.flatMap((key) => near(spans, key, candidate.time).map((span) => ({ key, span })));
    const placement = place(candidate, hits, stories);
    placements.push(placement);
    // What stays in a closed incident draws nothing else of the batch into it.
    if (hits.length === 0 && candidate.closedRepeat?.reopens === false) continue;
    for (const key of candidate.keys) {
      widen(spans, key, candidate.time, placement.story);
      changed.add(key.key);
    }
  }
  for (const placement of placements) placement.story = stories.find(placement.story);
  const touched = new Map<string, Span[]>();
  for (const key of changed)
    touched.set(
      key,
      (spans.get(key) ?? []).map((span) => ({ ...span, story: stories.find(span.story) })),
    );
  return { placements, merges: stories.merges(), opened: stories.opened, reopened: stories.reopened(), spans: touched };
}

type Hit = { key: JoinKey; span: Span };

function place(candidate: Candidate, hits: Hit[], stories: Stories): Placement {
  const [first] = hits;
  if (!first) {
    if (candidate.closedRepeat !== undefined) {
      const { story, reopens } = candidate.closedRepeat;
      if (!reopens) return { story, reason: joinReasonText({ is: 'step' }), key: null };
      stories.reopen(story);
      return { story, reason: joinReasonText({ is: 'returned' }), key: null };
    }
    return { story: stories.open(), reason: joinReasonText({ is: 'first' }), key: null };
  }
  const far = distance(candidate.time, first.span);
  const reason = joinReasonText({ is: 'shares', label: first.key.label, far });
  let story = stories.find(first.span.story);
  for (const hit of hits)
    story = stories.union(story, stories.find(hit.span.story), `an alert shares ${hit.key.label} with both`);
  return { story, reason, key: first.key.key };
}

function near(spans: Map<string, Span[]>, key: JoinKey, time: number): Span[] {
  return (spans.get(key.key) ?? []).filter((s) => time >= s.first - key.window && time <= s.last + key.window);
}

/** Adds a moment to a key; spans that come within the window of each other become one. */
function widen(spans: Map<string, Span[]>, key: JoinKey, time: number, story: string): void {
  const touching = near(spans, key, time);
  const one: Span = {
    story,
    key: key.key,
    first: Math.min(time, ...touching.map((s) => s.first)),
    last: Math.max(time, ...touching.map((s) => s.last)),
  };
  spans.set(key.key, [...(spans.get(key.key) ?? []).filter((s) => !touching.includes(s)), one]);
}

function distance(time: number, span: Span): Far {
  if (time >= span.first && time <= span.last) return { side: 'within' };
  const after = time > span.last;
  const seconds = Math.round((after ? time - span.last : span.first - time) / 1000);
  const length =
    seconds < 120
      ? ({ count: seconds, unit: 's' } as const)
      : seconds < 7200
        ? ({ count: Math.round(seconds / 60), unit: 'min' } as const)
        : ({ count: Math.round(seconds / 3600), unit: 'h' } as const);
  return { side: after ? 'after' : 'before', lengths: [length] };
}

type Stories = ReturnType<typeof createStories>;

/** Union-find over stories; the oldest of a set is its name. */
function createStories() {
  const parent = new Map<string, string>();
  const reasons = new Map<string, string>();
  const opened: string[] = [];
  const reopened: string[] = [];
  const find = (story: string): string => {
    let root = story;
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up;
    return root;
  };
  return {
    opened,
    find,
    /** Those that were not found to be part of an older story at once. */
    reopened: () => reopened.filter((story) => find(story) === story),
    open(): string {
      const story = `new:${opened.length}`;
      opened.push(story);
      return story;
    },
    reopen(story: string): void {
      if (!reopened.includes(story)) reopened.push(story);
    },
    union(a: string, b: string, reason: string): string {
      if (a === b) return a;
      const [into, from] = older(a, b) ? [a, b] : [b, a];
      parent.set(from, into);
      reasons.set(from, reason);
      return into;
    },
    merges: () =>
      [...reasons].map(([from, reason]) => ({ from, into: find(from), reason })).filter((m) => m.from !== m.into),
  };
}

/** Known incidents are older than new ones; ids grow. */
function older(a: string, b: string): boolean {
  const [newA, newB] = [a.startsWith('new:'), b.startsWith('new:')];
  if (newA !== newB) return newB;
  return newA ? Number(a.slice(4)) < Number(b.slice(4)) : BigInt(a) < BigInt(b);
}
