import { mkdirSync } from 'node:fs';
import type { Entities, Kind } from './entities.ts';
import { type Change, type Journal, type JournalLine, openJournal, readJournal } from './journal.ts';
import { GROUP_OF, KEY_OF } from './keys.ts';

type Tables = { [K in Kind]: Map<string, Entities[K]> };

/** Everything the forge knows, in memory, each change journalled. Entities are values: replaced, never altered. */
export class EntityStore {
  #dataDir: string;
  #tables: Tables;
  #groups = new Map<string, Map<string, unknown>>();
  #next = 1001;
  #journal: Journal;
  #open: { changes: Change[]; undo: (() => void)[]; after: (() => void)[] } | null = null;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    this.#tables = Object.fromEntries(Object.keys(KEY_OF).map((kind) => [kind, new Map()])) as unknown as Tables;
    readJournal(dataDir, (line) => {
      this.#next = Math.max(this.#next, line.next);
      for (const [kind, key, entity] of line.changes) this.#set(kind, key, entity ?? undefined);
    });
    this.#journal = openJournal(dataDir, this.#snapshot());
  }

  get<K extends Kind>(kind: K, key: string | number): Entities[K] | undefined {
    return this.#tables[kind].get(String(key));
  }

  /** All of a kind, in the order they first came. */
  all<K extends Kind>(kind: K): Entities[K][] {
    return [...this.#tables[kind].values()];
  }

  size(kind: Kind): number {
    return this.#tables[kind].size;
  }

  /** Those of a group, as keys.ts defines it, in the order they first came. */
  group<K extends keyof typeof GROUP_OF>(kind: K, group: string | number): Entities[K][] {
    const found = this.#groups.get(`${kind}/${group}`);
    return found ? ([...found.values()] as Entities[K][]) : [];
  }

  groupSize(kind: keyof typeof GROUP_OF, group: string | number): number {
    return this.#groups.get(`${kind}/${group}`)?.size ?? 0;
  }

  /** An id no entity had before. */
  newId(): number {
    return this.#next++;
  }

  put<K extends Kind>(kind: K, entity: Entities[K]): Entities[K] {
    this.#change(kind, KEY_OF[kind](entity), entity);
    return entity;
  }

  remove(kind: Kind, key: string | number): void {
    this.#change(kind, String(key), undefined);
  }

  /** Runs `work` whole or not at all: its changes become one journal line; if it throws they are taken back. */
  transact<T>(work: () => T): T {
    if (this.#open) return work();
    const open = { changes: [] as Change[], undo: [] as (() => void)[], after: [] as (() => void)[] };
    this.#open = open;
    try {
      const result = work();
      const grown = open.changes.length > 0 && this.#journal.append({ next: this.#next, changes: open.changes });
      this.#open = null;
      if (grown) this.#compact();
      for (const action of open.after) action();
      return result;
    } catch (error) {
      this.#open = null;
      for (const undo of open.undo.reverse()) undo();
      throw error;
    }
  }

  /** Runs `action` once the transaction under way is in the journal. */
  afterCommit(action: () => void): void {
    if (this.#open) this.#open.after.push(action);
    else action();
  }

  close(): void {
    this.#journal.close();
  }

  #compact(): void {
    const old = this.#journal;
    this.#journal = openJournal(this.#dataDir, this.#snapshot());
    old.close();
  }

  #change<K extends Kind>(kind: K, key: string, entity: Entities[K] | undefined): void {
    if (!this.#open) {
      this.transact(() => this.#change(kind, key, entity));
      return;
    }
    const before = this.#tables[kind].get(key);
    this.#open.changes.push([kind, key, entity ?? null] as Change);
    this.#open.undo.push(() => this.#set(kind, key, before));
    this.#set(kind, key, entity);
  }

  #set<K extends Kind>(kind: K, key: string, entity: Entities[K] | undefined): void {
    const table: Map<string, Entities[K]> = this.#tables[kind];
    const before = table.get(key);
    const groupOf = GROUP_OF[kind] as ((entity: Entities[K]) => string) | undefined;
    if (entity === undefined) table.delete(key);
    else table.set(key, entity);
    if (!groupOf) return;
    const from = before && groupOf(before);
    const to = entity && groupOf(entity);
    if (from !== undefined && from !== to) this.#groups.get(`${kind}/${from}`)?.delete(key);
    if (entity !== undefined) this.#groupFor(`${kind}/${to}`).set(key, entity);
  }

  #groupFor(name: string): Map<string, unknown> {
    const found = this.#groups.get(name) ?? new Map<string, unknown>();
    this.#groups.set(name, found);
    return found;
  }

  *#snapshot(): Iterable<JournalLine> {
    yield { next: this.#next, changes: [] };
    for (const kind of Object.keys(this.#tables) as Kind[]) {
      for (const [key, entity] of this.#tables[kind]) {
        yield { next: this.#next, changes: [[kind, key, entity] as Change] };
      }
    }
  }
}
