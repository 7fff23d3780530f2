import { longestTimespan } from '../detect/correlation/chains.ts';
import { Correlator, type CorrelatorSnapshot } from '../detect/correlation/correlator.ts';
import { countedValue } from '../detect/correlation/field-values.ts';
import type { CorrelationMatch } from '../detect/correlation/seen.ts';
import type { Correlation, Rule } from '../detect/rule.ts';
import { canonicalJson, sha256 } from '../domain/canonical.ts';
import { clean } from '../domain/clean.ts';
import type { CompletedCorrelation, MatchedEvent } from '../domain/detection.ts';
import type { Sql } from '../ports/store.ts';
import {
  entitiesOfMatches,
  forgetRuleMatches,
  loadRuleMatches,
  type RuleMatch,
  saveRuleMatches,
  scopesOfMatches,
  tellOnce,
} from '../store/rule-matches.ts';
import { readSetting, writeSetting } from '../store/settings-table.ts';

/** How long after its time an event may come before windows that could hold it are judged, in milliseconds. */
const latest = 15 * 60 * 1000;

/** Matches a correlator is rebuilt from, at most; more were dropped by its own bounds anyway. */
const mostReplayed = 200_000;

/** Windows are written down this often, in milliseconds. */
const saveEveryMs = 60_000;

const savedKey = 'correlations.windows';

interface Newest {
  at: number;
  came: number;
}

/** Windows as they are written down. */
interface Saved {
  upTo: string;
  newest: Newest | undefined;
  windows: CorrelatorSnapshot<string>;
}

/** Events of a correlation whose entities its alert carries: the first and the last. */
const mostRead = 40;

/**
 * Correlations over the stream of matches, across steps and restarts. What they count is written down in the transaction
 * that moves the pipeline's cursor, and every minute the windows themselves; a process that starts, or whose transaction
 * failed, goes on from there. That nothing is told twice is kept by the database.
 */
export class LiveCorrelations {
  private readonly correlations: readonly Correlation[];
  private readonly rules: ReadonlyMap<string, Rule>;
  private readonly correlated: ReadonlySet<unknown>;
  private correlator: Correlator<string> | undefined;
  /** The newest event's time, and when it came; nothing yet. */
  private newest: Newest | undefined;
  /** The last record whose matches are in the windows. */
  private upTo = '0';
  private savedAt = 0;

  constructor(rules: readonly Rule[], correlations: readonly Correlation[]) {
    this.correlations = correlations;
    this.correlated = new Set(correlations.flatMap((one) => one.rules));
    this.rules = new Map(rules.filter((rule) => this.correlated.has(rule)).map((rule) => [keyOf(rule), rule]));
  }

  /** Takes the matches of a step in, and tells what came true. To be forgotten when the transaction fails. */
  async take(tx: Sql, matched: readonly MatchedEvent[], now: Date): Promise<CompletedCorrelation[]> {
    if (this.correlations.length === 0) return [];
    const correlator = this.correlator ?? (await this.rebuilt(tx, now));
    this.correlator = correlator;
    const rows: RuleMatch[] = [];
    const came: CorrelationMatch<string>[] = [];
    for (const { rawId, event, at, entities, scope, matches } of matched) {
      for (const { rule, value } of matches) {
        const known = this.correlated.has(rule) ? this.rules.get(keyOf(rule)) : undefined;
        if (!known) continue;
        const values = new Map<string, unknown>();
        const read = (field: string): unknown => {
          // What is counted now is what will be read back.
          const found = values.get(field) ?? clean(countedValue(value(field)));
          if (found !== undefined) values.set(field, found);
          return found;
        };
        came.push(...correlator.add({ rule: known, time: at.getTime(), value: read, ref: `${rawId}:${event}` }));
        const brought = { entities: entities(), scope: clean(scope()) };
        rows.push({ rawId, event, rule: keyOf(rule), at, values: Object.fromEntries(values), ...brought });
        this.see(at.getTime(), rawId, now);
      }
    }
    await saveRuleMatches(tx, rows);
    came.push(...correlator.advance(this.watermark(now)));
    if (now.getTime() - this.savedAt >= saveEveryMs) await this.save(tx, correlator, now);
    return await this.told(tx, came, now);
  }

  /** Windows as they stand, so that the next process needs to read only what came after. */
  private async save(tx: Sql, correlator: Correlator<string>, now: Date): Promise<void> {
    this.savedAt = now.getTime();
    const { upTo, newest } = this;
    await writeSetting(tx, savedKey, { upTo, newest, windows: correlator.snapshot() } satisfies Saved);
  }

  /** Whether there is any rule to tell of matches. */
  get any(): boolean {
    return this.correlations.length > 0;
  }

  /** The windows no longer follow from what is written down. */
  forget(): void {
    this.correlator = undefined;
    this.newest = undefined;
    this.upTo = '0';
  }

  /** Deletes what no window can hold any more. */
  async tidy(tx: Sql, now: Date): Promise<void> {
    await forgetRuleMatches(tx, longestTimespan(this.correlations), now);
  }

  private async rebuilt(sql: Sql, now: Date): Promise<Correlator<string>> {
    const correlator = new Correlator<string>(this.correlations);
    const saved = await readSetting<Saved>(sql, savedKey);
    if (saved) {
      correlator.restore(saved.windows);
      this.newest = saved.newest;
      this.upTo = saved.upTo;
    }
    const reach = longestTimespan(this.correlations) + latest;
    for (const match of await loadRuleMatches(sql, { reachMs: reach, after: this.upTo, limit: mostReplayed })) {
      const { rawId, event, rule, at, values } = match;
      const known = this.rules.get(rule);
      if (!known) continue;
      // What comes true here was told before; the database would not let it be told again.
      correlator.add({
        rule: known,
        time: at.getTime(),
        value: (field) => (Object.hasOwn(values, field) ? values[field] : undefined),
        ref: `${rawId}:${event}`,
      });
      this.see(at.getTime(), rawId, now);
    }
    return correlator;
  }

  private see(time: number, rawId: string, now: Date): void {
    this.upTo = rawId;
    // A clock that runs ahead must not make what is true late.
    const at = Math.min(time, now.getTime());
    if (this.newest === undefined || at > this.newest.at) this.newest = { at, came: now.getTime() };
  }

  /** The clock of the events, which goes on while none come; old events that are sent in later have one of their own. */
  private watermark(now: Date): number {
    if (this.newest === undefined) return Number.NEGATIVE_INFINITY;
    return this.newest.at + (now.getTime() - this.newest.came) - latest;
  }

  private async told(tx: Sql, came: CorrelationMatch<string>[], now: Date): Promise<CompletedCorrelation[]> {
    const heard = came.filter(({ rule }) => !rule.silent).map((match) => ({ match, key: keyOfMatch(match) }));
    const fresh = await tellOnce(
      tx,
      heard.map(({ key }) => key),
      now,
    );
    const completed: CompletedCorrelation[] = [];
    for (const { match, key } of heard) {
      if (!fresh.delete(key)) continue;
      const { rule, refs, group, time, value } = match;
      const read = refs.length <= mostRead ? refs : [...refs.slice(0, mostRead / 2), ...refs.slice(-mostRead / 2)];
      const last = refs.at(-1) ?? '';
      completed.push({
        rule,
        rawId: last.slice(0, last.indexOf(':')),
        events: refs.length,
        at: new Date(time),
        timespan: rule.timespan,
        group,
        ...(value === undefined || !rule.type.startsWith('value_') ? {} : { value }),
        entities: await entitiesOfMatches(tx, read),
        scopes: await scopesOfMatches(tx, refs),
      });
    }
    return completed;
  }
}

/** What a rule is known by in the database: its id, or where it stands when it has none. */
function keyOf(rule: { id: string; path: string; line: number }): string {
  return rule.id || `${rule.path}:${rule.line}`;
}

function keyOfMatch({ rule, refs, group }: CorrelationMatch<string>): string {
  return sha256(canonicalJson([keyOf(rule), group, refs]));
}
