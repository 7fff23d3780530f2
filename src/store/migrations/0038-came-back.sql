-- When its source had it open again last: a vulnerability that was mended is to be mended anew, counted from then.
alter table incident add column back_at timestamptz;
