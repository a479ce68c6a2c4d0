-- Sources: what comes out elsewhere, asked once for all who follow it. Who follows what is private: nothing that one
-- follower sees may depend on whether there are others. Decision 0024.

create table sources (
  -- Random: one that tells its moment would tell a follower that somebody was here before him.
  id uuid primary key default gen_random_uuid(),
  feed_url text not null unique check (length(feed_url) <= 2000),
  -- Which server is asked: one question at a time for each.
  host text not null,
  site_url text,
  title text not null default '',
  etag text,
  last_modified text,
  -- Of the answer read last: many servers send the same again without saying so.
  digest text,
  failures integer not null default 0,
  failing_since timestamptz(3),
  last_error text,
  polled_at timestamptz(3),
  -- When its newest item came out: the quiet are asked less often.
  newest_at timestamptz(3),
  next_poll_at timestamptz(3) not null,
  -- While a process asks it.
  asked_until timestamptz(3)
);
create index sources_due on sources (next_poll_at);
create index sources_asked on sources (host, asked_until) where asked_until is not null;

create table source_items (
  id uuid primary key default gen_random_uuid(),
  source_id uuid references sources (id) on delete set null,
  -- The same in every answer of the feed.
  key text not null check (length(key) <= 700),
  title text not null default '' check (length(title) <= 300),
  url text check (length(url) <= 2000),
  author text not null default '' check (length(author) <= 300),
  -- Safe HTML, without pictures that would tell their server who reads.
  html text not null default '',
  excerpt text not null default '',
  language text check (language ~ '^[a-z]{2,3}$'),
  enclosure jsonb,
  published_at timestamptz(3),
  -- Of what the feed says: a correction changes it.
  digest text not null,
  -- Since when it stands in the answer that was given to all who follow. Null: it does not stand there, or it came with
  -- somebody's first reading only. What comes back is given again, to whoever has not had it.
  told_at timestamptz(3),
  -- To the day.
  seen_at timestamptz(3) not null default now(),
  unique (source_id, key)
);
create index source_items_told on source_items (source_id) where told_at is not null;
create index source_items_old on source_items (seen_at);

create table subscriptions (
  id uuid primary key default uuidv7(),
  person_id uuid not null references people (id) on delete cascade,
  -- Null until the address was looked at, and again when nothing has come from it for days: it is then looked for by each
  -- of those who follow for himself, so that it comes back to nobody because another found it.
  source_id uuid references sources (id),
  address text not null check (length(address) <= 2000),
  -- One's own name for it; empty: as it calls itself.
  title text not null default '' check (length(title) <= 200),
  -- The watch that it feeds.
  watch_id uuid references watches (id) on delete set null,
  unread integer not null default 0,
  -- How looking at the address went, and since when it goes wrong.
  error text,
  failing_since timestamptz(3),
  attempts integer not null default 0,
  next_try_at timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now(),
  unique (person_id, source_id)
);
create unique index subscriptions_waiting_once on subscriptions (person_id, address) where source_id is null;
create index subscriptions_by_source on subscriptions (source_id, id) where source_id is not null;
create index subscriptions_waiting on subscriptions (next_try_at) where source_id is null;
create index subscriptions_by_watch on subscriptions (watch_id) where watch_id is not null;

-- What one person has of an item. A row for each, made when it arrives: what he sees is what came for him.
create table readings (
  id uuid primary key default uuidv7(),
  person_id uuid not null references people (id) on delete cascade,
  -- Null: kept after its source was let go.
  subscription_id uuid references subscriptions (id) on delete set null,
  item_id uuid not null references source_items (id),
  -- md5 of the item's key: it arrives once, also when its feed has moved.
  key uuid not null,
  -- Where it stands in the list: when it came out, or when it came where that was long before.
  at timestamptz(3) not null,
  read_at timestamptz(3),
  kept_at timestamptz(3),
  unique (subscription_id, key)
);
create index readings_newest on readings (person_id, at desc, id desc);
create index readings_unread on readings (person_id, at desc, id desc) where read_at is null;
create index readings_kept on readings (person_id, kept_at desc, id desc) where kept_at is not null;
create index readings_of_source on readings (subscription_id, at desc, id desc);
create index readings_unread_of_source on readings (subscription_id, at desc, id desc) where read_at is null;
create index readings_by_item on readings (item_id);

-- How many are unread stands beside each subscription, so that no page counts.
create function count_unread(subscription_ids uuid[], changes integer[]) returns void language sql as $$
  with changed as (select id, sum(change)::int as change from unnest(subscription_ids, changes) given (id, change)
      where id is not null group by id having sum(change) <> 0),
    held as (select subscriptions.id, changed.change from subscriptions join changed using (id)
      order by subscriptions.id for no key update of subscriptions)
  update subscriptions set unread = greatest(0, unread + held.change) from held where subscriptions.id = held.id;
$$;

create function readings_came() returns trigger language plpgsql as $$
begin
  perform count_unread(array_agg(subscription_id), array_agg(1)) from fresh where read_at is null having count(*) > 0;
  return null;
end $$;
create trigger readings_came after insert on readings
  referencing new table as fresh for each statement execute function readings_came();

create function readings_went() returns trigger language plpgsql as $$
begin
  perform count_unread(array_agg(subscription_id), array_agg(-1)) from old_rows where read_at is null having count(*) > 0;
  return null;
end $$;
create trigger readings_went after delete on readings
  referencing old table as old_rows for each statement execute function readings_went();

create function readings_changed() returns trigger language plpgsql as $$
begin
  perform count_unread(array_agg(subscription_id), array_agg(change)) from (
    select subscription_id, -1 as change from old_rows where read_at is null
    union all select subscription_id, 1 from fresh where read_at is null) moved having count(*) > 0;
  return null;
end $$;
create trigger readings_changed after update on readings
  referencing old table as old_rows new table as fresh for each statement execute function readings_changed();

-- "File under Acme what says Acme."
create table reading_rules (
  id uuid primary key default uuidv7(),
  person_id uuid not null references people (id) on delete cascade,
  words text not null check (length(words) between 1 and 200),
  -- Of one source only.
  subscription_id uuid references subscriptions (id) on delete cascade,
  does text not null check (does in ('file', 'keep', 'pass')),
  watch_id uuid references watches (id) on delete cascade,
  created_at timestamptz(3) not null default now(),
  check ((does = 'file') = (watch_id is not null))
);
create index reading_rules_by_person on reading_rules (person_id, created_at, id);
create index reading_rules_by_watch on reading_rules (watch_id) where watch_id is not null;
create index reading_rules_by_subscription on reading_rules (subscription_id) where subscription_id is not null;

-- Sources that somebody says are useful, to a community. They hang on no subscription: what is said here says nothing
-- of what is followed.
create table recommended_sources (
  id uuid primary key default uuidv7(),
  person_id uuid not null references people (id),
  community_id uuid not null,
  everyone boolean not null,
  feed_url text not null check (length(feed_url) <= 2000),
  site_url text check (length(site_url) <= 2000),
  title text not null check (length(title) between 1 and 200),
  -- In a line, why.
  why text not null default '' check (length(why) <= 300),
  created_at timestamptz(3) not null default now(),
  foreign key (community_id, everyone) references communities (id, open) on update cascade,
  unique (person_id, community_id, feed_url)
);
create index recommended_sources_newest on recommended_sources (community_id, created_at desc, id desc);
