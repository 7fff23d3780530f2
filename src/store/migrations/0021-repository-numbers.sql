-- A repository keeps its number when it is renamed or transferred. What tells its alerts apart and joins them had its name
-- until now, as the name was then; a row whose fingerprint does not come out as it stands is left alone.
create function pg_temp.hashed(head text[], parts text[], subjects text[]) returns text language sql as $$
  select left(encode(sha256(convert_to('[' || string_agg(to_json(part)::text, ',' order by n, part collate "C") || ']',
    'UTF8')), 'hex'), 32)
  from (select part, n from unnest(head) with ordinality as h(part, n)
    union all select part, 10 from unnest(parts) as p(part)
    union all select part, 20 from unnest(subjects) as s(part)) as every
$$;

create temporary table numbered on commit drop as
with named as (
  select id, incident_id, array[kind, source, rule] as head, rule, subject[1] as subject, fingerprint, place,
    ocsf #>> '{metadata,uid}' as uid, lower(ocsf #>> '{resources,0,name}') as name, ocsf #>> '{resources,0,uid}' as number
  from alert where source = 'github' and ocsf #>> '{resources,0,uid}' ~ '^[0-9]{1,15}$'),
split as (
  select *, left(uid, nullif(strpos(uid, '/' || name || '/'), 0) - 1) as before,
    substr(uid, strpos(uid, '/' || name || '/') + length(name) + 2) as rest
  from named),
keyed as (
  select *,
    case when before is null then 'alert:' || left(uid, -length(' of ' || name))
      when before in ('dependabot', 'code-scanning', 'secret-scanning') then 'alert:' || before || '/' || rest
      when before = 'repository-advisory' then 'advisory:' || rest
      when before = 'advisory/' || rule then 'package:' || coalesce(place ->> 'ecosystem', '') || '/' || rest
      else rest end as thing,
    case when starts_with(subject, 'code:' || name || ':') then 'code:' || number || substr(subject, length(name) + 6)
      when starts_with(subject, 'secret:' || name || '#') then 'secret:' || number || substr(subject, length(name) + 8)
      when starts_with(subject, name || ':') then number || substr(subject, length(name) + 1)
      else subject end as new_subject
  from split)
select id, incident_id, head[1] as kind, number::bigint as number, fingerprint, subject, new_subject,
  pg_temp.hashed(head, array['repository:' || number, thing], array_remove(array[new_subject], null)) as new_fingerprint
from keyed
where fingerprint = pg_temp.hashed(head, array['repository:' || name, thing], array_remove(array[subject], null));

update alert a set fingerprint = n.new_fingerprint, subject = array_remove(array[n.new_subject], null),
  scope = coalesce(a.scope, '{}') || jsonb_build_object('repositoryId', n.number)
from numbered n where a.id = n.id;

update incident_span s set key = case when s.key = k.key then k.new_key else i.room || '|' || k.new_key end
from (select incident_id, 'repeat/' || fingerprint as key, 'repeat/' || new_fingerprint as new_key from numbered
  union select incident_id, kind || '/' || subject, kind || '/' || new_subject from numbered where subject <> new_subject) as k
join incident i on i.id = k.incident_id
where s.incident_id = k.incident_id and s.key in (k.key, i.room || '|' || k.key);
