-- Of what people did in an issue repository: its number, so that what waits for a closed one is passed over in the index,
-- unread.
alter table delivery add column room_repository bigint;
update delivery set room_repository = (payload ->> 'repositoryId')::bigint
  where outcome is null and event in ('issues', 'issue_comment');
drop index delivery_new;
create index delivery_new on delivery (id) include (room_repository, received_at) where outcome is null;
