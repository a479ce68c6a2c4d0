-- Entries: anything titled that people write and talk about (a post today; a page, an ask tomorrow),
-- with what hangs on any of them: comments, reactions, tags, mentions, revisions, read marks.

create table entries (
  id uuid primary key default uuidv7(),
  kind text not null default 'post' check (kind in ('post')),
  author_id uuid not null references people (id),
  community_id uuid,
  -- True in a personal blog and in an open community. The foreign key keeps it equal to communities.open for ever.
  everyone boolean not null check (community_id is not null or everyone),
  title text not null default '' check (length(title) <= 300),
  body text not null,
  html text not null,
  excerpt text not null default '',
  cover text,
  reading_minutes smallint not null default 1,
  source_url text,
  source_title text,
  source_author text,
  curated_id uuid references entries (id) on delete set null,
  enclosure jsonb,
  origin_key text unique,
  status text not null default 'draft' check (status in ('draft', 'published')),
  created_at timestamptz(3) not null default now(),
  published_at timestamptz(3),
  edited_at timestamptz(3),
  activity_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  deleted_by uuid references people (id) on delete set null,
  hidden_at timestamptz(3),
  hidden_by uuid references people (id) on delete set null,
  hidden_reason text,
  comment_count integer not null default 0,
  thanks integer not null default 0,
  useful integer not null default 0,
  agree integer not null default 0,
  insightful integer not null default 0,
  listed boolean generated always as (status = 'published' and deleted_at is null and hidden_at is null) stored,
  check (status = 'draft' or published_at is not null),
  foreign key (community_id, everyone) references communities (id, open) on update cascade
);
create index entries_everyone_newest on entries (published_at desc, id desc) where listed and everyone;
create index entries_everyone_active on entries (activity_at desc, id desc) where listed and everyone;
create index entries_community_newest on entries (community_id, published_at desc, id desc) where listed;
create index entries_community_active on entries (community_id, activity_at desc, id desc) where listed;
create index entries_author_newest on entries (author_id, published_at desc, id desc) where listed;
create index entries_author_active on entries (author_id, activity_at desc, id desc) where listed;
create index entries_drafts on entries (author_id, created_at desc, id desc) where status = 'draft' and deleted_at is null;
create index entries_hidden on entries (hidden_at desc, id desc) where hidden_at is not null;
create index entries_deleted on entries (deleted_at) where deleted_at is not null;

create table comments (
  id uuid primary key default uuidv7(),
  entry_id uuid not null references entries (id) on delete cascade,
  parent_id uuid references comments (id) on delete cascade,
  root_id uuid references comments (id) on delete cascade,
  author_id uuid not null references people (id),
  body text not null,
  html text not null,
  origin_key text unique,
  created_at timestamptz(3) not null default now(),
  edited_at timestamptz(3),
  deleted_at timestamptz(3),
  deleted_by uuid references people (id) on delete set null,
  hidden_at timestamptz(3),
  hidden_by uuid references people (id) on delete set null,
  hidden_reason text,
  thanks integer not null default 0,
  useful integer not null default 0,
  agree integer not null default 0,
  insightful integer not null default 0,
  listed boolean generated always as (deleted_at is null and hidden_at is null) stored
);
create index comments_by_entry on comments (entry_id, created_at, id);
create index comments_by_root on comments (root_id, created_at, id);
create index comments_by_parent on comments (parent_id);
create index comments_by_author on comments (author_id, created_at desc, id desc);
create index comments_deleted on comments (deleted_at) where deleted_at is not null;

create table reactions (
  entry_id uuid references entries (id) on delete cascade,
  comment_id uuid references comments (id) on delete cascade,
  person_id uuid not null references people (id) on delete cascade,
  kind text not null check (kind in ('thanks', 'useful', 'agree', 'insightful')),
  created_at timestamptz(3) not null default now(),
  check (num_nonnulls(entry_id, comment_id) = 1)
);
create unique index reactions_once_entry on reactions (entry_id, person_id, kind) where entry_id is not null;
create unique index reactions_once_comment on reactions (comment_id, person_id, kind) where comment_id is not null;
create index reactions_by_person on reactions (person_id, created_at desc);

create table tags (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug <> '' and length(slug) <= 60)
);

create table entry_tags (
  tag_id uuid not null references tags (id) on delete cascade,
  entry_id uuid not null references entries (id) on delete cascade,
  -- As its author spells it. One spelling for all would tell who tags something that it stands where he does not see.
  label text not null,
  -- A copy of the entry's own, so that one tag's entries are read in order without a sort. Null while a draft.
  published_at timestamptz(3),
  primary key (entry_id, tag_id)
);
create index entry_tags_newest on entry_tags (tag_id, published_at desc, entry_id desc);

create table mentions (
  entry_id uuid references entries (id) on delete cascade,
  comment_id uuid references comments (id) on delete cascade,
  person_id uuid not null references people (id) on delete cascade,
  check (num_nonnulls(entry_id, comment_id) = 1)
);
create unique index mentions_entry on mentions (entry_id, person_id) where entry_id is not null;
create unique index mentions_comment on mentions (comment_id, person_id) where comment_id is not null;
create index mentions_by_person on mentions (person_id);

-- What stood there before an edit.
create table revisions (
  id uuid primary key default uuidv7(),
  entry_id uuid references entries (id) on delete cascade,
  comment_id uuid references comments (id) on delete cascade,
  editor_id uuid references people (id) on delete set null,
  title text not null default '',
  body text not null,
  replaced_at timestamptz(3) not null default now(),
  check (num_nonnulls(entry_id, comment_id) = 1)
);
create index revisions_by_entry on revisions (entry_id, replaced_at) where entry_id is not null;
create index revisions_by_comment on revisions (comment_id, replaced_at) where comment_id is not null;

create table reads (
  person_id uuid not null references people (id) on delete cascade,
  entry_id uuid not null references entries (id) on delete cascade,
  read_at timestamptz(3) not null default now(),
  primary key (person_id, entry_id)
);
create index reads_by_entry on reads (entry_id);
