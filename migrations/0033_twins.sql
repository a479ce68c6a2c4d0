-- What is alike, and several watches made one. Decision 0023.

-- The few words that tell most of a text, as numbers, so that what is alike is found among many: a line for each word.
-- The lines of what is open to all stand in an index of their own, those of a community together: nobody's search walks
-- past what he may not see. `everyone` is kept equal to the community's openness by the foreign key.
create table entry_terms (
  term integer not null,
  entry_id uuid not null references entries (id) on delete cascade,
  community_id uuid,
  everyone boolean not null,
  foreign key (community_id, everyone) references communities (id, open) on update cascade
);
create index entry_terms_everyone on entry_terms (term, entry_id desc) where everyone;
create index entry_terms_inside on entry_terms (community_id, term, entry_id desc) where community_id is not null;
create index entry_terms_by_entry on entry_terms (entry_id);

-- Of which version of an entry its terms are: when that was edited; null for the first.
create table entry_sketches (
  entry_id uuid primary key references entries (id) on delete cascade,
  drawn_of timestamptz(3)
);

-- The same for what is shared of desks, and for nothing else of them.
create table item_terms (
  term integer not null,
  item_id uuid not null references desk_items (id) on delete cascade,
  community_id uuid not null,
  everyone boolean not null,
  foreign key (community_id, everyone) references communities (id, open) on update cascade
);
create index item_terms_everyone on item_terms (term, item_id desc) where everyone;
create index item_terms_inside on item_terms (community_id, term, item_id desc);
create index item_terms_by_item on item_terms (item_id);

create table item_sketches (
  item_id uuid primary key references desk_items (id) on delete cascade,
  -- Where it was shared then: elsewhere now, it is drawn again.
  community_id uuid not null,
  -- By which near-identical texts are told (MinHash); null where there is too little text.
  fingerprint bytea,
  drawn_of timestamptz(3)
);

-- Several people's watches made one. What it shows is merged when it is read, of what the reader may see: nothing of the
-- watches is copied, so that taking one out undoes it.
create table dossiers (
  id uuid primary key default uuidv7(),
  name text not null check (length(name) between 1 and 90),
  about text not null default '' check (length(about) <= 2000),
  community_id uuid not null,
  everyone boolean not null,
  -- The wiki page on top.
  page_id uuid references pages (id) on delete set null,
  founder_id uuid not null references people (id),
  created_at timestamptz(3) not null default now(),
  edited_at timestamptz(3),
  deleted_at timestamptz(3),
  foreign key (community_id, everyone) references communities (id, open) on update cascade
);
create index dossiers_newest on dossiers (community_id, created_at desc, id desc) where deleted_at is null;
create index dossiers_by_page on dossiers (page_id) where page_id is not null;
create index dossiers_deleted on dossiers (deleted_at) where deleted_at is not null;

create table dossier_watches (
  dossier_id uuid not null references dossiers (id) on delete cascade,
  watch_id uuid not null references watches (id) on delete cascade,
  person_id uuid not null references people (id),
  at timestamptz(3) not null default now(),
  primary key (dossier_id, watch_id)
);
create index dossier_watches_by_watch on dossier_watches (watch_id);

create table dossier_follows (
  dossier_id uuid not null references dossiers (id) on delete cascade,
  person_id uuid not null references people (id) on delete cascade,
  since timestamptz(3) not null default now(),
  primary key (person_id, dossier_id)
);
create index dossier_follows_by_dossier on dossier_follows (dossier_id);
