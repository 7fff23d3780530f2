-- Which alert of a scanner in a repository: asked for once how it stood is forgotten.
create index alert_of_scanner on alert
  (((scope ->> 'repositoryId')::bigint), (split_part(ocsf #>> '{metadata,uid}', '/', 4))) where source = 'github';

-- What ended long ago is forgotten.
create index github_alert_ended on github_alert (at) where ended and left_at is null;
