-- What the world is told of vulnerable and malicious packages: intelligence. An alert comes of it where a repository has
-- the package.
create table advisory (
  ghsa text primary key,
  content jsonb not null,
  updated_at timestamptz not null,
  received_at timestamptz not null,
  -- To be held against what repositories depend on.
  due boolean not null default true
);
create index advisory_due on advisory (received_at) where due;

-- Package and ecosystem of an advisory, in the form in which they compare.
create table advisory_package (
  ghsa text not null references advisory on delete cascade,
  package text not null,
  primary key (ghsa, package)
);
create index advisory_package_package on advisory_package (package);

-- Repositories of our installations, and what they depend on as their dependency graph had it last.
create table watched_repository (
  id bigint primary key,
  installation bigint not null,
  owner text not null,
  name text not null,
  seen_at timestamptz not null,
  -- When its dependencies are to be read next, when they were last, and why they could not be.
  read_at timestamptz,
  next_read_at timestamptz not null,
  problem text,
  -- Its CODEOWNERS and its open pull requests, read where something is to be mended.
  owners text,
  updates jsonb,
  guide_at timestamptz
);
create index watched_repository_name on watched_repository (lower(owner || '/' || name));
create index watched_repository_next on watched_repository (next_read_at);

create table dependency (
  repository_id bigint not null references watched_repository on delete cascade,
  package text not null,
  version text not null,
  ecosystem text not null,
  name text not null,
  relationship text,
  first_seen timestamptz not null,
  -- When it was not there any more; kept for a while, since a malicious package is often known only then.
  gone_at timestamptz,
  primary key (repository_id, package, version)
);
create index dependency_package on dependency (package);

-- Where an advisory holds, as it was told last: `open`, `fixed` or `dismissed`.
create table exposure (
  ghsa text not null references advisory on delete cascade,
  repository_id bigint not null,
  package text not null,
  state text not null,
  -- What was told, so that the same is not told again.
  told jsonb not null,
  primary key (ghsa, repository_id, package)
);
create index exposure_repository on exposure (repository_id);

-- Where a vulnerable package stands and what mends it.
alter table alert add column place jsonb;
