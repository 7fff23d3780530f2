-- GitHub's numeric ids of who asked and who approved, in the order of `approvals`: a login can be changed, or taken by
-- somebody else. Null, or past the end of the array: not known, as for what was asked before this.
alter table recommendation add column requested_by_id bigint;
alter table recommendation add column approver_ids bigint[] not null default '{}';
