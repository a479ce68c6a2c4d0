-- Who an imported author is, so that the next import knows him again: by e-mail, by account of a blog, by name.
create table outside_marks (
  mark text primary key,
  person_id uuid not null references people (id) on delete cascade
);
create index outside_marks_by_person on outside_marks (person_id);

-- Where words of outside authors stand: whoever reaches none of these places may not know of them. Kept by imports, and
-- by whatever hides, deletes or brings back a text.
create table outside_places (
  person_id uuid not null references people (id) on delete cascade,
  community_id uuid,
  everyone boolean not null check (community_id is not null or everyone),
  foreign key (community_id, everyone) references communities (id, open) on update cascade,
  unique nulls not distinct (person_id, community_id)
);
create index outside_places_by_community on outside_places (community_id) where community_id is not null;

create function place_authors(authors uuid[]) returns void language sql as $$
  with outside as (select id from people where id = any(authors) and status = 'outside' for no key update),
  places as (
    select author_id as person_id, community_id, everyone from entries
      where author_id in (select id from outside) and listed
    union
    select comments.author_id, community_id, everyone from comments join entries on entries.id = entry_id
      where comments.author_id in (select id from outside) and comments.listed and entries.listed),
  gone as (delete from outside_places old where person_id = any(authors)
    and not exists (select 1 from places
      where places.person_id = old.person_id and places.community_id is not distinct from old.community_id))
  insert into outside_places select * from places on conflict do nothing;
$$;

create function place_authors_of_entry() returns trigger language plpgsql as $$
begin
  perform place_authors(array(select new.author_id union select author_id from comments where entry_id = new.id));
  return null;
end $$;
create trigger entries_placed after update of status, deleted_at, hidden_at on entries
  for each row when (old.listed is distinct from new.listed) execute function place_authors_of_entry();

create function place_author_of_comment() returns trigger language plpgsql as $$
begin
  perform place_authors(array[new.author_id]);
  return null;
end $$;
create trigger comments_placed after update of deleted_at, hidden_at on comments
  for each row when (old.listed is distinct from new.listed) execute function place_author_of_comment();

-- A blog elsewhere, whose posts arrive by themselves: a person's own, or one that the network follows, whose authors
-- are then those that its feed names.
create table outside_blogs (
  id uuid primary key default uuidv7(),
  person_id uuid references people (id) on delete cascade,
  -- In whose name the posts of a followed blog land.
  followed_by uuid references people (id),
  community_id uuid references communities (id) on delete cascade,
  feed_url text not null,
  site_url text,
  title text not null default '',
  -- What the keys of its posts begin with: it stays when the blog moves. Empty until the feed was read once.
  origin text not null default '',
  etag text,
  last_modified text,
  -- Of the answer read last: many servers send the same again without saying so.
  digest text,
  failures integer not null default 0,
  last_error text,
  arrived integer not null default 0,
  polled_at timestamptz(3),
  next_poll_at timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now()
);
-- A blog is the work of one person here; the network may follow it as well, and then waits behind him.
create unique index outside_blogs_attached on outside_blogs (feed_url) where person_id is not null;
create unique index outside_blogs_followed on outside_blogs (feed_url) where person_id is null;
create index outside_blogs_by_person on outside_blogs (person_id);
create index outside_blogs_due on outside_blogs (next_poll_at);

-- What an administrator asked to bring in, worked off by a job: it survives a reload and a crash, and lands once.
create table imports (
  id uuid primary key default uuidv7(),
  asked_by uuid not null references people (id),
  kind text not null check (kind in ('wxr', 'feed', 'opml')),
  -- The name of the file, or the address.
  source text not null,
  content bytea,
  community_id uuid references communities (id) on delete cascade,
  dry boolean not null default false,
  follow boolean not null default false,
  status text not null default 'waiting' check (status in ('waiting', 'done', 'failed')),
  attempts integer not null default 0,
  landed integer not null default 0,
  total integer not null default 0,
  report jsonb,
  -- Why it failed, and on which line: {"reason": ..., "line": ...}
  problem jsonb,
  created_at timestamptz(3) not null default now(),
  ended_at timestamptz(3)
);
-- Read piece by piece: not compressed, so that a piece is read alone.
alter table imports alter column content set storage external;
create index imports_by_person on imports (asked_by, created_at desc, id desc);
create index imports_waiting on imports (created_at) where status = 'waiting';
