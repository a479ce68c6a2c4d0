-- Files: what people put into their posts and comments. The same bytes are kept once, whoever brought them.

create table blobs (
  -- Of the bytes that are kept: a picture's are those without its camera's notes.
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes > 0),
  -- Found in the content; the name that it came under says nothing.
  type text not null,
  width integer,
  height integer,
  seconds real,
  pages integer,
  -- The picture of a document's first page, where there is one.
  preview_width integer,
  preview_height integer,
  -- When somebody last brought it: the sweep leaves alone what is on its way in.
  brought_at timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now()
);
create index blobs_by_age on blobs (brought_at);

create table files (
  id uuid primary key default uuidv7(),
  sha256 text not null references blobs (sha256),
  owner_id uuid not null references people (id),
  name text not null check (length(name) between 1 and 200),
  -- When a text last let go of it; used by none for a day after that, it is swept.
  released_at timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now()
);
create index files_by_blob on files (sha256);
create index files_by_owner on files (owner_id, created_at desc, id desc);
create index files_released on files (released_at);

-- Where a file stands. Whoever may see one of these places may see the file.
create table file_uses (
  file_id uuid not null references files (id) on delete cascade,
  entry_id uuid references entries (id) on delete cascade,
  comment_id uuid references comments (id) on delete cascade,
  -- Only an earlier version of the text shows it: versions stay readable, and what stands in them too.
  past boolean not null default false,
  check (num_nonnulls(entry_id, comment_id) = 1)
);
create unique index file_uses_entry on file_uses (file_id, entry_id) where entry_id is not null;
create unique index file_uses_comment on file_uses (file_id, comment_id) where comment_id is not null;
create index file_uses_by_entry on file_uses (entry_id) where entry_id is not null;
create index file_uses_by_comment on file_uses (comment_id) where comment_id is not null;

-- An upload under way, in parts, so that any process can go on with it.
create table uploads (
  id uuid primary key,
  owner_id uuid not null references people (id) on delete cascade,
  name text not null,
  bytes bigint not null check (bytes > 0),
  received bigint not null default 0 check (received <= bytes),
  -- The names of the parts that have come, in order.
  parts uuid[] not null default '{}',
  file_id uuid references files (id) on delete set null,
  created_at timestamptz(3) not null default now()
);
create index uploads_by_age on uploads (created_at);

-- The next number of an audio post in its community or its author's blog.
create index entries_episodes on entries (community_id, author_id, ((enclosure ->> 'episode')::integer))
  where enclosure ? 'episode';
