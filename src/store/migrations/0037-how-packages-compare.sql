-- What names a package that is written in several ways, as `comparedName` of domain/advisory.ts has it.
update alert set place = place || jsonb_build_object('key', case lower(place ->> 'ecosystem')
  when 'pip' then regexp_replace(lower(place ->> 'package'), '[-_.]+', '-', 'g') else lower(place ->> 'package') end)
where place ? 'package';
