import { startDatabase } from './database.ts';
import { startWorker } from './worker.ts';
import pg from 'pg';
const ends: (() => Promise<void>)[] = [];
const part = { quick:false, say: console.log, onEnd: (f:any)=>ends.unshift(f), dir: process.env.MB } as any;
const db = await startDatabase(part);
const url = await db.make('many');
console.log(await startWorker(part,'pipeline').ask({ databaseUrl: url, alerts: 3000, stories: 'own' }));
const a = new pg.Client({connectionString:url}); await a.connect();
console.log((await a.query("select relname, n_live_tup, n_mod_since_analyze, last_autoanalyze, (select reltuples from pg_class c where c.oid=relid), (select relpages from pg_class c where c.oid=relid) from pg_stat_user_tables where relname in ('incident','incident_span','alert','alert_entity')")).rows);
const keys=(await a.query("select key from incident_span order by incident_id desc limit 1500")).rows.map(r=>r.key);
console.log(keys.slice(0,5));
const q=`with held as materialized (
       select i.id from incident i where i.status = 'open' and i.id in (
         select s.incident_id from unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) as k(key, lo, hi)
         join incident_span s on s.key = k.key and s.last_at >= k.lo and s.first_at <= k.hi)
       order by i.id for no key update of i)
     select s.incident_id as story, s.key, s.first_at as first, s.last_at as last
     from unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) as k(key, lo, hi)
     join incident_span s on s.key = k.key and s.last_at >= k.lo and s.first_at <= k.hi
     join held on held.id = s.incident_id`;
const v=[keys, keys.map(()=>new Date(0)), keys.map(()=>new Date(4e12))];
const ex=async(q: string)=>{ console.log((await a.query('explain (analyze, buffers off, timing off) '+q, v)).rows.map(r=>r['QUERY PLAN']).join('\n')); };
await ex(q);
if (process.env.Q2) await ex(process.env.Q2);
await a.query('analyze'); console.log('ANALYZED'); await ex(q);
await a.end(); for (const e of ends) await e();
