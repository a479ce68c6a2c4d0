-- The desk: what a person keeps for himself. Nothing of it reaches anybody else until it is shared, and then what is
-- shared and nothing beside it. Decision 0021.

-- A subject that somebody follows. Private where `shared_at` is null.
create table watches (
  id uuid primary key default uuidv7(),
  owner_id uuid not null references people (id),
  name text not null check (length(name) between 1 and 90),
  -- Names as they are compared: two people rarely write one alike.
  subject text generated always as (folded_name(name)) stored,
  about text not null default '' check (length(about) <= 2000),
  -- Where it is shared, and the community's openness, kept equal by the foreign key: what `reachable` reads.
  community_id uuid,
  everyone boolean,
  shared_at timestamptz(3),
  archived_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  edited_at timestamptz(3),
  -- When something was last put into it.
  activity_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  check (num_nonnulls(community_id, everyone, shared_at) in (0, 3)),
  foreign key (community_id, everyone) references communities (id, open) on update cascade
);
create index watches_by_owner on watches (owner_id, subject, id) where deleted_at is null;
create unique index watches_by_name on watches (owner_id, subject) where deleted_at is null;
create index watches_shared on watches (community_id, shared_at desc, id desc) where shared_at is not null and deleted_at is null;
create index watches_shared_subjects on watches using gin (subject gin_trgm_ops) where shared_at is not null and deleted_at is null;
create index watches_deleted on watches (deleted_at) where deleted_at is not null;

-- A note, a clip of something outside, or a bookmark of a post.
create table desk_items (
  id uuid primary key default uuidv7(),
  owner_id uuid not null references people (id),
  kind text not null check (kind in ('note', 'clip', 'bookmark')),
  watch_id uuid references watches (id) on delete set null,
  title text not null default '' check (length(title) <= 300),
  -- One's own words in Markdown: the note, or what one says about the clip or the bookmark.
  body text not null default '',
  html text not null default '',
  excerpt text not null default '',
  entry_id uuid references entries (id) on delete cascade,
  -- As it was given, and as it is compared.
  url text check (length(url) <= 2000),
  canonical_url text check (length(canonical_url) <= 2000),
  site text not null default '',
  -- Whoever signed the page, as it says itself.
  author text not null default '',
  summary text not null default '',
  published_at timestamptz(3),
  language text check (language ~ '^[a-z]{2,3}$'),
  picture_url text check (length(picture_url) <= 2000),
  picture_file_id uuid references files (id) on delete set null,
  -- Whether the page is still to be fetched; `failure` says why it could not be read.
  page text not null default 'none' check (page in ('none', 'waiting', 'ready', 'failed')),
  failure text,
  attempts smallint not null default 0,
  next_try_at timestamptz(3) not null default now(),
  read_later_at timestamptz(3),
  done_at timestamptz(3),
  -- Where it came in, and what it was made of: a reading (migration 0031), or a thing that somebody else had shared.
  via text not null default 'capture' check (via in ('capture', 'paste', 'bookmarklet', 'phone', 'mail', 'reading', 'rule', 'api', 'import', 'copy')),
  reading_id uuid,
  copied_from_id uuid references desk_items (id) on delete set null,
  -- Whoever found it first, and when: himself, or the one from whose shared watch it was taken.
  finder_id uuid references people (id),
  found_at timestamptz(3) not null default now(),
  -- Seen by those who see its watch. Null: by its owner alone, whatever its watch.
  shared_at timestamptz(3),
  -- Whatever must land once (a mail, a line of an import) is known by this.
  origin_key text,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  edited_at timestamptz(3),
  deleted_at timestamptz(3),
  check (kind <> 'clip' or (url is not null and canonical_url is not null)),
  check (shared_at is null or watch_id is not null)
);
create index desk_items_newest on desk_items (owner_id, created_at desc, id desc) where deleted_at is null;
create index desk_items_by_kind on desk_items (owner_id, kind, created_at desc, id desc) where deleted_at is null;
create index desk_items_to_read on desk_items (owner_id, read_later_at desc, id desc)
  where read_later_at is not null and done_at is null and deleted_at is null;
create index desk_items_by_watch on desk_items (watch_id, created_at desc, id desc) where deleted_at is null;
create index desk_items_shared on desk_items (watch_id, shared_at desc, id desc) where shared_at is not null and deleted_at is null;
create index desk_items_shared_urls on desk_items (canonical_url) where shared_at is not null and deleted_at is null;
create unique index desk_items_once on desk_items (owner_id, canonical_url) where kind = 'clip' and deleted_at is null;
create unique index desk_items_bookmarked on desk_items (owner_id, entry_id) where kind = 'bookmark' and deleted_at is null;
create unique index desk_items_by_origin on desk_items (owner_id, origin_key) where origin_key is not null;
create index desk_items_by_entry on desk_items (entry_id) where entry_id is not null;
create index desk_items_by_reading on desk_items (reading_id) where reading_id is not null;
create index desk_items_by_origin_item on desk_items (copied_from_id) where copied_from_id is not null;
create index desk_items_waiting on desk_items (next_try_at) where page = 'waiting' and deleted_at is null;
create index desk_items_deleted on desk_items (deleted_at) where deleted_at is not null;

-- The page of a clip as it was read: the main text, clean, kept although the page disappears.
create table desk_pages (
  item_id uuid primary key references desk_items (id) on delete cascade,
  html text not null,
  text text not null,
  words integer not null,
  fetched_url text not null,
  fetched_at timestamptz(3) not null default now()
);

create table desk_highlights (
  id uuid primary key default uuidv7(),
  item_id uuid not null references desk_items (id) on delete cascade,
  -- What is marked, and what stands just before and behind it: that is how it is found again in the text.
  quote text not null check (length(quote) between 1 and 4000),
  before text not null default '',
  behind text not null default '',
  note text not null default '' check (length(note) <= 4000),
  created_at timestamptz(3) not null default now()
);
create index desk_highlights_by_item on desk_highlights (item_id, created_at, id);

create table saved_searches (
  id uuid primary key default uuidv7(),
  owner_id uuid not null references people (id) on delete cascade,
  name text not null check (length(name) between 1 and 90),
  -- Over one's own things, or over the network; the query as it stands in the address.
  place text not null check (place in ('desk', 'network')),
  query text not null check (length(query) <= 1000),
  created_at timestamptz(3) not null default now(),
  unique (owner_id, place, query)
);

-- The address by which mail comes to a desk; a new key makes the old address end.
create table desk_addresses (
  person_id uuid primary key references people (id) on delete cascade,
  key text not null unique,
  created_at timestamptz(3) not null default now()
);

-- One line per change of a desk, in the transaction of the change, for its owner alone: private changes are no events.
-- No words: what it was and what was done.
create table desk_events (
  id uuid primary key default uuidv7(),
  at timestamptz(3) not null default now(),
  owner_id uuid not null references people (id) on delete cascade,
  name text not null,
  subject_id uuid not null,
  data jsonb not null default '{}'
);
create index desk_events_by_owner on desk_events (owner_id, at desc, id desc);
create index desk_events_by_subject on desk_events (subject_id, at, id);

-- What came of what. A line stays when the thing it came from is gone, and its people become pseudonyms as everywhere.
create table provenance (
  id uuid primary key default uuidv7(),
  -- Of what somebody may see now ...
  kind text not null check (kind in ('post', 'page', 'comment', 'watch', 'note', 'clip', 'bookmark', 'dossier')),
  subject_id uuid not null,
  -- ... that it came from this.
  from_kind text not null check (from_kind in ('post', 'page', 'comment', 'watch', 'note', 'clip', 'bookmark', 'dossier', 'reading', 'web')),
  from_id uuid,
  how text not null check (how in ('copied', 'quoted', 'merged', 'turned', 'summarised')),
  -- Who did it, whose it was (nobody of ours, where it came from outside), who found it and when.
  person_id uuid not null references people (id),
  author_id uuid references people (id),
  finder_id uuid references people (id),
  found_at timestamptz(3),
  -- Outside names and addresses, as they stood there.
  credit text not null default '',
  url text,
  at timestamptz(3) not null default now()
);
create index provenance_by_subject on provenance (subject_id, at, id);
create index provenance_by_origin on provenance (from_id) where from_id is not null;
create index provenance_by_person on provenance (person_id);
create index provenance_by_author on provenance (author_id) where author_id is not null;
create index provenance_by_finder on provenance (finder_id) where finder_id is not null;

-- A note may show files, and a clip its picture.
alter table file_uses
  add column desk_item_id uuid references desk_items (id) on delete cascade,
  drop constraint file_uses_check,
  add constraint file_uses_check check (num_nonnulls(entry_id, comment_id, desk_item_id) = 1);
create unique index file_uses_desk_item on file_uses (file_id, desk_item_id) where desk_item_id is not null;
create index file_uses_by_desk_item on file_uses (desk_item_id) where desk_item_id is not null;

-- Search over one's own things. The owner is a lexeme of each document: whatever others keep, only his own are walked
-- through. `fastupdate` is off: a list of what is still to be indexed would be read by everybody's searches.
create table desk_search (
  item_id uuid primary key references desk_items (id) on delete cascade,
  headline tsvector not null,
  document tsvector not null
) with (toast_tuple_target = 8160);
create index desk_search_document on desk_search using gin (document) with (fastupdate = off);

create function owner_lexeme(owner uuid) returns text language sql immutable parallel safe
  return '@' || replace(owner::text, '-', '');

create function index_desk_item(item uuid) returns void language sql as $$
  insert into desk_search (item_id, headline, document)
  select i.id, words_of(i.title),
    setweight(words_of(i.title), 'A')
      || words_of(left(concat_ws(' ', i.body, i.author, i.site, i.summary, h.words), 200000))
      || words_of(left(coalesce(p.text, ''), 200000))
      || array_to_tsvector(array[owner_lexeme(i.owner_id)])
  from desk_items i left join desk_pages p on p.item_id = i.id
    left join lateral (select string_agg(concat_ws(' ', quote, note), ' ') as words
      from desk_highlights where item_id = i.id) h on true
  where i.id = item
  on conflict (item_id) do update set headline = excluded.headline, document = excluded.document;
$$;

create function desk_item_changed() returns trigger language plpgsql as $$
begin
  perform index_desk_item(new.id);
  return null;
end $$;
create trigger desk_items_indexed after insert or update of title, body, author, site, summary, owner_id on desk_items
  for each row execute function desk_item_changed();

create function desk_part_changed() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    -- Gone with the item, where the item is gone.
    perform index_desk_item(old.item_id);
  else
    perform index_desk_item(new.item_id);
  end if;
  return null;
end $$;
create trigger desk_pages_indexed after insert or update of text on desk_pages
  for each row execute function desk_part_changed();
create trigger desk_highlights_indexed after insert or update or delete on desk_highlights
  for each row execute function desk_part_changed();
