-- Pages: what a community keeps written together. A page is an entry, so that whatever hangs on entries hangs on it:
-- comments, reactions, tags, mentions, files, search, order. Its text is also a document that merges (docs/decisions/0022).

alter table entries drop constraint entries_kind_check;
alter table entries add constraint entries_kind_check check (kind in ('post', 'page'));
alter table entries add constraint entries_page_stands check (
  kind <> 'page' or (community_id is not null and status = 'published' and title <> ''));

-- The lists are lists of posts: pages stand in none of these indexes.
drop index entries_newest, entries_everyone_newest, entries_community_newest, entries_author_newest;
create index entries_newest on entries (published_at desc, id desc)
  include (community_id, author_id, everyone) where listed and kind = 'post';
create index entries_everyone_newest on entries (published_at desc, id desc)
  where listed and everyone and kind = 'post';
create index entries_community_newest on entries (community_id, published_at desc, id desc)
  where listed and kind = 'post';
create index entries_author_newest on entries (author_id, published_at desc, id desc) where listed and kind = 'post';

create or replace function keep_activity() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into entry_activity (entry_id, community_id, author_id, everyone, listed, last_at)
    values (new.id, new.community_id, new.author_id, new.everyone, new.listed and new.kind = 'post',
      coalesce(new.published_at, new.created_at));
  else
    update entry_activity set community_id = new.community_id, author_id = new.author_id, everyone = new.everyone,
      listed = new.listed and new.kind = 'post', last_at = greatest(last_at, coalesce(new.published_at, new.created_at))
    where entry_id = new.id;
  end if;
  return null;
end $$;

create table pages (
  id uuid primary key references entries (id) on delete cascade,
  community_id uuid not null references communities (id),
  parent_id uuid references pages (id) on delete set null,
  position integer not null default 0,
  -- All changes to the text, merged (Yjs). `entries.body` is what it says, `entries.version` how many there were.
  state bytea not null,
  check (parent_id <> id)
);
create index pages_in_order on pages (community_id, position, id);
create index pages_by_parent on pages (parent_id);

-- Each change as it came, so that whoever was away is sent what he missed. Old ones are melted into one.
create table page_changes (
  page_id uuid not null references pages (id) on delete cascade,
  version integer not null,
  change bytea not null,
  at timestamptz(3) not null default now(),
  primary key (page_id, version)
);
create index page_changes_by_age on page_changes (at);

-- A version is what one sitting made of the text, by one person or by several at the same moment. The last one is what
-- stands now.
create table page_versions (
  page_id uuid not null references pages (id) on delete cascade,
  number integer not null,
  title text not null,
  body text not null,
  -- The earlier version that was brought back.
  restores integer,
  begun_at timestamptz(3) not null default now(),
  changed_at timestamptz(3) not null default now(),
  primary key (page_id, number)
);
create table page_writers (
  page_id uuid not null,
  number integer not null,
  person_id uuid not null references people (id),
  first_at timestamptz(3) not null default now(),
  last_at timestamptz(3) not null default now(),
  primary key (page_id, number, person_id),
  foreign key (page_id, number) references page_versions (page_id, number) on delete cascade
);
create index page_writers_by_person on page_writers (person_id, page_id);

-- Every name that a page has had, folded: a link by an old name still finds it.
create table page_names (
  community_id uuid not null references communities (id),
  name text not null,
  page_id uuid not null references pages (id) on delete cascade,
  primary key (community_id, name, page_id)
);
create index page_names_by_page on page_names (page_id);

-- What a page's text links to, by the name that stands there. A target once found is kept when it is renamed.
create table page_links (
  from_id uuid not null references pages (id) on delete cascade,
  name text not null,
  to_id uuid references pages (id) on delete set null,
  primary key (from_id, name)
);
create index page_links_back on page_links (to_id) where to_id is not null;
create index page_links_missing on page_links (name) where to_id is null;

-- Who may change a community's pages: its members where nothing is said.
create table page_rules (
  community_id uuid primary key references communities (id) on delete cascade,
  editing text not null check (editing in ('members', 'animators', 'named'))
);
create table page_editors (
  community_id uuid not null references communities (id) on delete cascade,
  person_id uuid not null references people (id) on delete cascade,
  primary key (community_id, person_id)
);
create index page_editors_by_person on page_editors (person_id);

-- The passage beside which something was said, with a few words around it by which it is found again.
create table page_passages (
  comment_id uuid primary key references comments (id) on delete cascade,
  page_id uuid not null references pages (id) on delete cascade,
  quote text not null check (length(quote) between 1 and 600),
  before text not null default '',
  after text not null default ''
);
create index page_passages_by_page on page_passages (page_id);
