-- Devices told through their browser's push service, and finding people by subject.

-- The pair of keys by which push services know this network, made at first need.
create table push_keys (
  id boolean primary key default true check (id),
  public_key text not null,
  private_key text not null,
  created_at timestamptz(3) not null default now()
);

-- A browser that asked to be told. It hears nothing any more once its session has ended.
create table push_subscriptions (
  id uuid primary key default uuidv7(),
  person_id uuid not null references people (id) on delete cascade,
  session_id text not null unique references auth_session (id) on delete cascade,
  endpoint text not null unique check (length(endpoint) <= 2000),
  p256dh text not null,
  auth text not null,
  created_at timestamptz(3) not null default now()
);
create index push_subscriptions_by_person on push_subscriptions (person_id);

-- The subjects somebody gave, as one folded text for `name_pattern`.
create function folded_subjects(subjects text[]) returns text language sql immutable parallel safe
  return (select coalesce(string_agg(public.folded_name(subject), ' '), '') from unnest(subjects) as subject);
create index people_by_subject on people using gin (folded_subjects(helps_with || asks_about) gin_trgm_ops);
