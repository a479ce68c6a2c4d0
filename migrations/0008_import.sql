-- Who an imported author is, so that the next import knows him again: by e-mail, by account of a blog, by name.
create table outside_marks (
  mark text primary key,
  person_id uuid not null references people (id) on delete cascade
);
create index outside_marks_by_person on outside_marks (person_id);

-- A blog elsewhere, whose posts arrive by themselves: a person's own, or one that the network follows, whose authors
-- are then those that its feed names.
create table outside_blogs (
  id uuid primary key default uuidv7(),
  person_id uuid references people (id) on delete cascade,
  community_id uuid references communities (id) on delete cascade,
  feed_url text not null,
  site_url text,
  title text not null default '',
  etag text,
  last_modified text,
  failures integer not null default 0,
  last_error text,
  polled_at timestamptz(3),
  next_poll_at timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now(),
  unique nulls not distinct (person_id, feed_url)
);
create index outside_blogs_due on outside_blogs (next_poll_at);
