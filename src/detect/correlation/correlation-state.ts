import type { Correlation } from '../rule.ts';
import { type Arrival, groupsOf, heldEvent } from './arrival.ts';
import { type CorrelationLimits, eventsHeld } from './correlation-limits.ts';
import { Deadlines } from './deadlines.ts';
import { tupleKey } from './field-values.ts';
import { type GroupSnapshot, GroupState } from './group-state.ts';
import type { Fired } from './window.ts';

/** What the bounds cost. */
export interface Dropped {
  /** Groups forgotten while they could still have matched. */
  groups: number;
  /** Events forgotten with them, or because their group had too many. */
  events: number;
  /** Events not counted because the window they belonged to was already judged. */
  late: number;
}

export interface GroupFired<Ref> extends Fired<Ref> {
  texts: string[];
}

/** The groups of one correlation, the one idle longest first. */
export class CorrelationState<Ref> {
  /** Events of the caller that its groups keep alive. */
  weight = 0;
  readonly correlation: Correlation;
  readonly #delay: number;
  readonly #carried: ReadonlySet<string>;
  readonly #limits: CorrelationLimits;
  readonly #eventsHeld: number;
  readonly #dropped: Dropped;
  readonly #groups = new Map<string, GroupState<Ref>>();
  #byIdleness: Iterator<GroupState<Ref>, undefined> = this.#groups.values();
  #idlest: { group?: GroupState<Ref>; touched: number } = { touched: 0 };
  readonly #deadlines = new Deadlines<GroupState<Ref>>();
  /** Of all groups; used only to tell whether a group that has to go could still have matched. */
  #newest = Number.NEGATIVE_INFINITY;

  constructor(
    correlation: Correlation,
    shape: { delay: number; carried: ReadonlySet<string>; limits: CorrelationLimits; dropped: Dropped },
  ) {
    this.correlation = correlation;
    this.#delay = shape.delay;
    this.#carried = shape.carried;
    this.#limits = shape.limits;
    this.#eventsHeld = eventsHeld(correlation, shape.limits);
    this.#dropped = shape.dropped;
  }

  /** `promised`: the caller's promise; `touch` orders groups of all correlations by when they were last seen. */
  add(arrival: Arrival<Ref>, promised: number, touch: number): GroupFired<Ref>[] {
    const groups = groupsOf(this.correlation, arrival);
    if (groups.length === 0) return [];
    const event = heldEvent(this.correlation, arrival, this.#carried);
    if (!event) return [];
    this.#newest = Math.max(this.#newest, event.time);
    return groups.flatMap((texts) => {
      const evicted = this.#makeRoom(texts);
      const group = this.#touch(texts, touch);
      const fired = this.#weighed(group, () => group.add(event, promised - this.#delay));
      if (fired === 'late') this.#dropped.late += 1;
      else this.#dropped.events += this.#weighed(group, () => group.thin(this.#eventsHeld));
      this.#schedule(group);
      return [...evicted, ...(fired === 'late' ? [] : tell(group, fired))];
    });
  }

  /** Judges and forgets what is over when nothing older than `before` will be told. */
  close(before: number): GroupFired<Ref>[] {
    const all: GroupFired<Ref>[] = [];
    const over = before - this.#delay;
    for (let entry = this.#deadlines.popBefore(over); entry; entry = this.#deadlines.popBefore(over)) {
      const group = entry.item;
      if (group.gone || entry.at !== group.due) continue;
      all.push(
        ...tell(
          group,
          this.#weighed(group, () => group.close(over)),
        ),
      );
      group.due = Number.POSITIVE_INFINITY;
      if (group.window.events.length === 0) this.#remove(group);
      else this.#schedule(group);
    }
    return all.sort(byTimeAndGroup);
  }

  /** When the group idle longest was last seen; undefined without groups. */
  get idleSince(): number | undefined {
    return this.#oldest()?.touched;
  }

  /** Forgets the group idle longest; one whose window is over by what was seen is judged first. */
  evict(): GroupFired<Ref>[] {
    const group = this.#oldest();
    if (!group) return [];
    const over = this.#newest - this.correlation.timespan * 1000 - this.#delay;
    const fired = tell(
      group,
      this.#weighed(group, () => group.close(over)),
    );
    if (group.newest + this.correlation.timespan * 1000 >= over && group.window.events.length > 0) {
      this.#dropped.groups += 1;
      this.#dropped.events += group.window.events.length;
    }
    this.#remove(group);
    return fired;
  }

  snapshot(): GroupSnapshot<Ref>[] {
    return Array.from(this.#groups.values(), (group) => group.snapshot());
  }

  restore(snapshots: readonly GroupSnapshot<Ref>[], touch: () => number): void {
    for (const snapshot of snapshots) {
      const group = this.#touch(snapshot.texts, touch());
      this.#weighed(group, () => group.restore(snapshot));
      this.#newest = Math.max(this.#newest, group.newest);
      this.#schedule(group);
    }
  }

  /** Goes on from where it last looked: a fresh iterator steps over all that the map has deleted since it last grew. */
  #oldest(): GroupState<Ref> | undefined {
    let { group, touched } = this.#idlest;
    while (!group || group.gone || group.touched !== touched) {
      let next = this.#byIdleness.next();
      if (next.done) {
        this.#byIdleness = this.#groups.values();
        next = this.#byIdleness.next();
      }
      group = next.value;
      if (!group) return undefined;
      touched = group.touched;
    }
    this.#idlest = { group, touched };
    return group;
  }

  #makeRoom(texts: string[]): GroupFired<Ref>[] {
    if (this.#groups.size < this.#limits.groups || this.#groups.has(tupleKey(texts))) return [];
    return this.evict();
  }

  #touch(texts: string[], touch: number): GroupState<Ref> {
    const key = tupleKey(texts);
    const group = this.#groups.get(key) ?? new GroupState<Ref>(this.correlation, texts, this.#delay);
    group.touched = touch;
    this.#groups.delete(key);
    this.#groups.set(key, group);
    return group;
  }

  #weighed<Result>(group: GroupState<Ref>, change: () => Result): Result {
    const before = group.weight;
    const result = change();
    this.weight += group.weight - before;
    return result;
  }

  #remove(group: GroupState<Ref>): void {
    group.gone = true;
    this.weight -= group.weight;
    this.#groups.delete(tupleKey(group.texts));
  }

  /** A group's time is pushed again only when it has become earlier; a later one is found out when it is popped. */
  #schedule(group: GroupState<Ref>): void {
    if (group.window.due >= group.due) return;
    group.due = group.window.due;
    this.#deadlines.push(group.due, group);
    if (this.#deadlines.size <= 2 * this.#groups.size + 64) return;
    this.#deadlines.clear();
    for (const one of this.#groups.values()) if (Number.isFinite(one.due)) this.#deadlines.push(one.due, one);
  }
}

function tell<Ref>(group: GroupState<Ref>, fired: Fired<Ref>[]): GroupFired<Ref>[] {
  return fired.map((one) => ({ ...one, texts: group.texts }));
}

/** An order that does not depend on how the groups came to be remembered. */
function byTimeAndGroup(a: GroupFired<unknown>, b: GroupFired<unknown>): number {
  const time = (a.events.at(-1)?.time ?? 0) - (b.events.at(-1)?.time ?? 0);
  if (time !== 0) return time;
  const [one, other] = [tupleKey(a.texts), tupleKey(b.texts)];
  return one < other ? -1 : Number(one > other);
}
