-- A community's name is folded in one way, for its lists as for search: `name_key`. What search had folded on its own
-- kept hyphens and apostrophes, which people leave out.
drop index communities_by_folded_name;
drop index communities_by_words;
alter table communities drop column search_name;
create index communities_by_name_key on communities (name_key, id);
create index communities_by_words on communities using gin (name_key gin_trgm_ops);
-- What `name_key` is compared with (LIKE) to find the names that hold this anywhere.
create function name_holding(part text) returns text language sql immutable parallel safe
  return '%' || regexp_replace(ltrim(folded_name(part)), '([\\%_])', '\\\1', 'g') || '%';

-- A handle that somebody gave up stays his until no text names him by it: how far the texts have been gone through.
create table former_handles (
  handle text primary key,
  person_id uuid not null references people (id) on delete cascade,
  stage smallint not null default 0,
  after text[] not null default '{}'
);
create index former_handles_by_person on former_handles (person_id);

-- Those that were given up, and of which nothing has followed yet.
insert into former_handles (handle, person_id)
select distinct on (data ->> 'formerHandle') data ->> 'formerHandle', subject_id
from events join event_cursors c on c.follower = 'consequences'
where (events.transaction, events.id) > (c.transaction, c.event_id) and name = 'person.edited' and data ? 'formerHandle'
  and exists (select 1 from people where id = subject_id and status <> 'erased')
  and not exists (select 1 from people where handle = data ->> 'formerHandle')
order by data ->> 'formerHandle', events.id desc;
