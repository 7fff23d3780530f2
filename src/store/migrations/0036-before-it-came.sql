-- When its repository was read last before the package was there in that version; unknown where it was there from the first
-- look on. It came some time between the two.
alter table dependency add column absent_at timestamptz;
