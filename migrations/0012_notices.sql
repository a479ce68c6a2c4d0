-- Notices joined into lines, what each person wants to hear of, and what is still to be delivered outside.

alter table notifications
  drop constraint notifications_kind_check,
  add constraint notifications_kind_check check (kind in (
    'mention', 'reply', 'comment', 'thread', 'post', 'reaction', 'curated',
    'community_invited', 'community_asked', 'community_joined', 'report'
  )),
  add column reaction text check ((kind = 'reaction') = (reaction is not null)),
  -- The post of somebody else that passes `entry_id` on.
  add column by_entry_id uuid references entries (id) on delete cascade,
  -- What the line is about: notices of one kind about one thing, read at the same moment or not yet, are one line.
  add column thing_id uuid generated always as (case
    when kind in ('reaction', 'report') then coalesce(comment_id, entry_id)
    when kind = 'post' then community_id
    else coalesce(entry_id, community_id) end) stored;
create index notifications_by_line on notifications (person_id, kind, thing_id, created_at desc, id desc);
create index notifications_by_passing_on on notifications (by_entry_id) where by_entry_id is not null;

-- Threads that a person asked to follow, or to hear of no more. Without a row, those in which he spoke are followed.
create table thread_follows (
  person_id uuid not null references people (id) on delete cascade,
  entry_id uuid not null references entries (id) on delete cascade,
  following boolean not null,
  primary key (person_id, entry_id)
);
create index thread_follows_by_entry on thread_follows (entry_id);

-- Without a row: what concerns him.
create table notice_levels (
  person_id uuid not null references people (id) on delete cascade,
  community_id uuid not null references communities (id) on delete cascade,
  level text not null check (level in ('everything', 'nothing')),
  primary key (person_id, community_id)
);
create index notice_levels_by_community on notice_levels (community_id, level);

create table notice_kinds_off (
  person_id uuid not null references people (id) on delete cascade,
  kind text not null,
  primary key (person_id, kind)
);

-- Written at the first need, with what most people will want. A day's digest comes on working days.
create table notice_settings (
  person_id uuid primary key references people (id) on delete cascade,
  mail boolean not null default true,
  digest text not null default 'day' check (digest in ('none', 'day', 'week')),
  digest_hour smallint not null default 8 check (digest_hour between 0 and 23),
  digest_weekday smallint not null default 1 check (digest_weekday between 1 and 7),
  -- What came out until then was told, or is too old to tell.
  digest_upto timestamptz(3) not null default now(),
  -- Null: to be worked out.
  digest_due timestamptz(3)
);
create index notice_settings_due on notice_settings (digest_due) where digest <> 'none';

-- Something is to reach a person outside. It carries no words: they are read when it leaves, with his rights of then.
-- `due_at` is also the lease of who is at it, and the moment of the next attempt.
create table deliveries (
  id uuid primary key default uuidv7(),
  person_id uuid not null references people (id) on delete cascade,
  channel text not null check (channel in ('mail', 'push')),
  what text not null check (what in ('notice', 'digest')),
  -- The entry, or the community, that its notices are about.
  thing_id uuid check ((what = 'digest') = (thing_id is null)),
  created_at timestamptz(3) not null default now(),
  due_at timestamptz(3) not null,
  attempts smallint not null default 0,
  sent_at timestamptz(3),
  message_id text,
  -- Nothing was left to say, or nobody to say it to.
  dropped_at timestamptz(3),
  error text
);
-- The one that further notices of the same thing still join.
create unique index deliveries_gathering on deliveries (person_id, channel, what, thing_id) nulls not distinct
  where attempts = 0 and sent_at is null and dropped_at is null;
create index deliveries_due on deliveries (channel, due_at) where sent_at is null and dropped_at is null;
create index deliveries_done on deliveries (created_at) where sent_at is not null or dropped_at is not null;

create table delivery_notices (
  delivery_id uuid not null references deliveries (id) on delete cascade,
  notification_id uuid not null references notifications (id) on delete cascade,
  primary key (delivery_id, notification_id)
);
create index delivery_notices_by_notification on delivery_notices (notification_id);
