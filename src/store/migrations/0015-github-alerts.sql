-- How each alert of GitHub's scanners stood when it was heard of last, by webhook or in a list. `mark` is what else of a
-- leaked secret counts: whether it works, and whether it was seen in public.
create table github_alert (
  scanner text not null,
  repository_id bigint not null,
  number bigint not null,
  ended boolean not null,
  mark text not null,
  at timestamptz not null,
  primary key (scanner, repository_id, number)
);

-- Looked at every ten seconds: whether somebody wrote after the last webhook.
create index comment_created on comment (created_at);
