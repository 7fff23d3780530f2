-- Since when each product of an installation sends, such as a scanner of GitHub's.
insert into connection (name, since)
  select r.source || ':' || (r.origin->>'installation') || ':' || a.product, min(r.received_at)
  from raw_record r join alert_raw x on x.raw_id = r.id join alert a on a.id = x.alert_id
  where r.origin->>'installation' is not null group by 1
  on conflict (name) do nothing;
