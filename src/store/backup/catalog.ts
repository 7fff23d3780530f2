import type { ClientBase } from 'pg';
import { escapeIdentifier } from 'pg';
import type { SequenceState, TableHead } from './frames.ts';

/** Schemas that are not ours to save. */
const FOREIGN_SCHEMAS = "nspname not in ('pg_catalog', 'information_schema') and nspname not like 'pg\\_%'";

/** A name as SQL, both parts quoted. */
export function qualified({ schema, name }: { schema: string; name: string }): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
}

/**
 * All tables with the columns a COPY can write (generated ones are computed again), but for the table of migrations.
 * A partitioned table stands for its partitions.
 */
export async function listTables(client: ClientBase): Promise<TableHead[]> {
  const { rows } = await client.query<TableHead>(`
    select n.nspname as schema, c.relname as name,
      coalesce(array_agg(a.attname::text order by a.attnum) filter (where a.attnum > 0), '{}') as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't' and ${FOREIGN_SCHEMAS}
      and c.relname <> 'schema_migration'
    group by 1, 2 order by 1, 2`);
  return rows;
}

/** Every sequence with its position. */
export async function listSequences(client: ClientBase): Promise<SequenceState[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and c.relpersistence <> 't' and ${FOREIGN_SCHEMAS} order by 1, 2`);
  const states: SequenceState[] = [];
  for (const { schema, name } of rows) {
    const state = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${qualified({ schema, name })}`,
    );
    const row = state.rows[0];
    if (row) states.push({ schema, name, ...row });
  }
  return states;
}

/**
 * Takes away the rules that must not run while rows are put back, foreign keys and our triggers,
 * and returns the statements that bring them back exactly as they were.
 */
export async function suspendRules(client: ClientBase): Promise<string[]> {
  const keys = await client.query<{ drop: string; add: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(k.oid)) as add
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace
    where contype = 'f' and conparentid = 0 and ${FOREIGN_SCHEMAS}`);
  const triggers = await client.query<{ disable: string; enable: string }>(`
    select format('alter table %s disable trigger %I', tgrelid::regclass, tgname) as disable,
      format('alter table %s enable %s trigger %I', tgrelid::regclass,
        case tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end, tgname) as enable
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not tgisinternal and tgparentid = 0 and tgenabled <> 'D' and ${FOREIGN_SCHEMAS}`);
  for (const { drop } of keys.rows) await client.query(drop);
  for (const { disable } of triggers.rows) await client.query(disable);
  return [...triggers.rows.map(({ enable }) => enable), ...keys.rows.map(({ add }) => add)];
}

/** How values are written as text, so that what one server writes another reads the same. */
export async function fixTextForms(client: ClientBase): Promise<void> {
  await client.query(`set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
    set local extra_float_digits = 3; set local bytea_output = 'hex'; set local timezone = 'UTC';
    set local client_encoding = 'UTF8'; set local statement_timeout = 0`);
}
