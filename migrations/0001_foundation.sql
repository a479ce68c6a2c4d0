-- The ground: extensions, the network itself, the event spine, keys of idempotent requests.

create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- One row: the network. It does not exist until somebody has gone through the setup page.
create table network (
  only_one boolean primary key default true check (only_one),
  name text not null,
  language text not null default 'fr' check (language in ('fr', 'en')),
  created_at timestamptz(3) not null default now()
);

-- Secrets that every process of one network shares (session signing, the setup link). Never exported.
create table secrets (
  name text primary key,
  value text not null,
  created_at timestamptz(3) not null default now()
);

-- One line per change, written in the transaction of the change. `transaction` lets a reader that follows the
-- table stop before transactions that are still open: ids alone do not come in the order of commit.
create table events (
  id bigint generated always as identity primary key,
  transaction xid8 not null default pg_current_xact_id(),
  at timestamptz(3) not null default now(),
  actor_id uuid,
  name text not null,
  subject_id uuid not null,
  community_id uuid,
  data jsonb not null default '{}'
);
create index events_by_transaction on events (transaction, id);
create index events_by_name on events (name, id);

-- How far each follower of the event table has come.
create table event_cursors (
  follower text primary key,
  transaction xid8 not null,
  event_id bigint not null
);

create table idempotency_keys (
  owner_id uuid not null,
  key text not null,
  request_hash text not null,
  status smallint,
  response jsonb,
  created_at timestamptz(3) not null default now(),
  primary key (owner_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

-- Failed attempts and other things counted per window (sign-in, reset mails). Unlogged: losing it in a crash is fine.
create unlogged table attempts (
  key text not null,
  window_start timestamptz(3) not null,
  count integer not null default 1,
  primary key (key, window_start)
);
