-- The title by language, where Yagura gave it because the product has none.
alter table alert add column titles jsonb;
