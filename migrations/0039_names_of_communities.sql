-- What lists of communities are ordered by, ready made: the menu of every page asks it of all that somebody is in, and
-- folding a name takes as long as looking for news there.
alter table communities add column name_key text collate "C" not null generated always as (folded_name(name)) stored;
