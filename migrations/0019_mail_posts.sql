-- Communities that take posts by mail, and notices about what is one's own.

-- A row where the animators opened the address of their community.
create table community_mail (
  community_id uuid primary key references communities (id) on delete cascade,
  opened_at timestamptz(3) not null default now()
);

-- Each person's own address for a community: what is sent there by him is out at once. Known to him alone, and changed
-- when it went astray.
create table write_addresses (
  person_id uuid not null references people (id) on delete cascade,
  community_id uuid not null references communities (id) on delete cascade,
  token text not null unique check (token ~ '^[0-9a-v]{20}$'),
  created_at timestamptz(3) not null default now(),
  primary key (person_id, community_id)
);
create index write_addresses_by_community on write_addresses (community_id);

alter table notifications
  drop constraint notifications_kind_check,
  add constraint notifications_kind_check check (kind in (
    'mention', 'reply', 'comment', 'thread', 'post', 'reaction', 'curated',
    'community_invited', 'community_asked', 'community_joined', 'report',
    'held_back', 'by_mail'
  ));

-- When it was first put off by whoever was to take it: patience counts from then, not from what waited for hours.
alter table deliveries add column put_off_at timestamptz(3);
