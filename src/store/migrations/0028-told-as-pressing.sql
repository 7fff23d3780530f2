-- Whether a channel is told of an incident as exploited and exposed, which it is once.
alter table notification add column pressing boolean not null default false;
update notification n set pressing = true from incident i where i.id = n.incident_id and i.pressing;
