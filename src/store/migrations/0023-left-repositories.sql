-- What is open of a repository is asked for when it is watched no more.
create index alert_repository on alert (((scope ->> 'repositoryId')::bigint), id) where source = 'github';

-- When an alert was ended because its repository was watched no more; null once its list tells of it again.
alter table github_alert add column left_at timestamptz;
