-- What concerns a person. A consequence of an event: written once for each, however often the event is handled.
create table notifications (
  id uuid primary key default uuidv7(),
  person_id uuid not null references people (id) on delete cascade,
  kind text not null check (kind in (
    'mention', 'reply', 'comment', 'community_invited', 'community_asked', 'community_joined', 'report'
  )),
  event_id bigint not null,
  actor_id uuid references people (id) on delete set null,
  entry_id uuid references entries (id) on delete cascade,
  comment_id uuid references comments (id) on delete cascade,
  community_id uuid references communities (id) on delete cascade,
  created_at timestamptz(3) not null,
  read_at timestamptz(3),
  unique (person_id, event_id)
);
create index notifications_newest on notifications (person_id, created_at desc, id desc);
create index notifications_unread on notifications (person_id) where read_at is null;
create index notifications_by_entry on notifications (entry_id);
create index notifications_by_comment on notifications (comment_id);
