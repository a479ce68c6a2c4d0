-- Composing: what a post is for, drafts that save themselves, publication at a chosen time, links unfolded into cards.
alter table entries
  add column purpose text not null default 'tell' check (purpose in ('tell', 'ask', 'find')),
  -- Counts the changes by hand: whoever saves over a version that he has not read is told.
  add column version integer not null default 1,
  add column publish_at timestamptz(3),
  -- Why a draft did not come out at its time.
  add column held_back text check (held_back in ('place', 'archived', 'empty', 'account', 'refused')),
  add constraint entries_scheduled_is_draft check (publish_at is null or status = 'draft');
create index entries_scheduled on entries (publish_at) where publish_at is not null;

-- One card for each bare link of each text. Never shared between texts: that one is there at once would tell that
-- somebody else has written the same address.
create table link_cards (
  id uuid primary key default uuidv7(),
  entry_id uuid not null references entries (id) on delete cascade,
  comment_id uuid references comments (id) on delete cascade,
  url text not null,
  title text not null default '',
  site text not null default '',
  description text not null default '',
  state text not null default 'waiting' check (state in ('waiting', 'ready', 'nothing')),
  attempts smallint not null default 0,
  next_try_at timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now(),
  unique nulls not distinct (entry_id, comment_id, url)
);
create index link_cards_waiting on link_cards (next_try_at) where state = 'waiting';
create index link_cards_by_comment on link_cards (comment_id) where comment_id is not null;
