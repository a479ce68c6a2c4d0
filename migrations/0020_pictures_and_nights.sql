-- People's faces, and hours that cross midnight.

-- Three squares of each face, small enough to stand beside the person. They are served only to those who may
-- see him, are backed up with him, and are gone the moment he is.

create table pictures (
  id uuid primary key default uuidv7(),
  person_id uuid not null unique references people (id) on delete cascade,
  -- WebP of 48, 96 and 256 pixels a side.
  small bytea not null,
  medium bytea not null,
  large bytea not null,
  created_at timestamptz(3) not null default now()
);
-- WebP is compressed already.
alter table pictures alter column small set storage external, alter column medium set storage external,
  alter column large set storage external;

-- Beside the name, so that no list asks a second time who has a face. A new one gets a new id, and so a new address.
alter table people add column picture uuid references pictures (id) on delete set null;
create unique index people_by_picture on people (picture) where picture is not null;

-- Whoever works at night: own hours that end before they begin end on the morning after.
alter table quiet_hours drop constraint quiet_hours_check;
alter table quiet_hours add constraint quiet_hours_check
  check (0 <= opens_at and opens_at < 1440 and 0 < closes_at and closes_at <= 1440 and opens_at <> closes_at);
