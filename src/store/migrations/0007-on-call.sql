-- Whom Yagura asked to take an incident, in order; who took it is the owner.
alter table incident add column asked text[] not null default '{}';
-- When the next is asked; null when nobody is waited for.
alter table incident add column ask_again_at timestamptz;
-- How often the asking was ended, by a close or a snooze: what is asked after that is asked anew.
alter table incident add column ask_round integer not null default 0;
