import type { Scanner } from '../ports/alert-lists.ts';
import type { Sql } from '../ports/store.ts';
import { readSetting, writeSetting } from './settings-table.ts';

/** A scanner's list in an organization (`acme`) or in one repository (`acme/shop-api`). */
export interface ListName {
  scanner: Scanner;
  of: string;
}

/** A list that is to be taken page by page; what is open in it and was made before a moment is backlog. */
export interface ListToTake extends ListName {
  /** ISO. */
  before: string;
  /** It was taken before: what is open in it may say something else now. */
  again?: true;
  /** Not what is open but what changed since is to be taken. ISO. */
  changedSince?: string;
  /** Where its next page begins. */
  after?: string | undefined;
}

/** How far the lists of one installation were read; written after each page, so that a killed process goes on there. */
export interface AlertLook {
  login: string;
  /** When it was first seen. ISO. */
  connectedAt: string;
  /** Repositories whose open alerts were taken or stand in `todo`. */
  repositories: number[];
  /**
   * Repositories that are watched no more, by number: since when (ISO), up to which alert that was told, and whether of
   * all of them.
   */
  left?: Record<string, { since: string; after?: string; ended?: true }>;
  /** Lists that are still to be taken. */
  todo: ListToTake[];
  /** Open alerts read so far. */
  read: number;
  /** When what is open of Dependabot was read last. ISO. */
  readAgainAt?: string;
  /** Scanners that have to be asked repository by repository. */
  byRepository: Scanner[];
  /** Where the next look begins among repositories that are asked one by one. */
  turn: number;
  /** By `scanner of`, the newest change that was seen. ISO. */
  seen: Record<string, string>;
  /** By `scanner of`, why it is not read. */
  refused: Record<string, 'no-permission' | 'off'>;
  /** By `scanner of`, when it was refused last. ISO. */
  refusedAt?: Record<string, string>;
}

const prefix = 'alert-look.';

export function readLook(sql: Sql, installation: number): Promise<AlertLook | undefined> {
  return readSetting<AlertLook>(sql, `${prefix}${installation}`);
}

export function writeLook(sql: Sql, installation: number, look: AlertLook): Promise<void> {
  return writeSetting(sql, `${prefix}${installation}`, look);
}

/** The app was installed anew: the look goes on under the new number. */
export async function moveLook(sql: Sql, from: number, to: number): Promise<void> {
  await sql.query('update setting set key = $2 where key = $1', [`${prefix}${from}`, `${prefix}${to}`]);
}

/** All of them, by installation. */
export async function allLooks(sql: Sql): Promise<{ installation: number; look: AlertLook }[]> {
  const { rows } = await sql.query<{ key: string; value: AlertLook }>(
    'select key, value from setting where starts_with(key, $1) order by key',
    [prefix],
  );
  return rows.map(({ key, value }) => ({ installation: Number(key.slice(prefix.length)), look: value }));
}

export function nameOf({ scanner, of }: ListName): string {
  return `${scanner} ${of}`;
}
