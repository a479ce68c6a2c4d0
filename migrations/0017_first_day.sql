-- The first day: who is at a newcomer's side, and whether he put it aside. What he has done is read from what he did.

-- People who like to be at a newcomer's side, and how they are reached, in their own words.
create table companions (
  person_id uuid primary key references people (id) on delete cascade,
  contact text not null default '' check (length(contact) <= 200),
  since timestamptz(3) not null default now()
);

create table first_days (
  person_id uuid primary key references people (id) on delete cascade,
  companion_id uuid references people (id) on delete set null,
  begun_at timestamptz(3) not null default now(),
  dismissed_at timestamptz(3),
  -- The companion says that they have spoken.
  met_at timestamptz(3)
);
create index first_days_by_companion on first_days (companion_id, begun_at);
