-- Living: what is being changed of a post that is out, and devices whose address changes.

-- Read by its author alone. The post stays as it is until he says so; then this goes.
create table reworks (
  id uuid not null,
  entry_id uuid not null references entries (id) on delete cascade,
  person_id uuid not null references people (id) on delete cascade,
  -- Counts the times it was kept: whoever keeps over what he has not read is told.
  version integer not null default 1,
  -- The version of the post that is being changed.
  of_version integer not null,
  -- The editor's fields, as they were typed.
  fields jsonb not null,
  -- Files that the text shows: they stay as long as it does.
  file_ids uuid[] not null default '{}',
  saved_at timestamptz(3) not null default now(),
  primary key (entry_id, id)
);
create index reworks_by_person on reworks (person_id);
create index reworks_by_file on reworks using gin (file_ids);

-- A device that its push service knows no longer waits for its new address, as long as its session lives.
alter table push_subscriptions add column lost_at timestamptz(3);
