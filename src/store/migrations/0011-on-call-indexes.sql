-- What the loops of on call look for each second, in however long a history.
create index incident_asked on incident (id) where asked <> '{}';
create index recommendation_open on recommendation (incident_id) where status = 'open';
