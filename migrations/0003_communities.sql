-- Communities and who belongs to them: what the rule of sight stands on.

create table communities (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  name text not null check (length(name) between 1 and 90),
  access text not null check (access in ('open', 'closed', 'secret')),
  open boolean generated always as (access = 'open') stored,
  emoji text not null default '🐝',
  description text not null default '',
  description_html text not null default '',
  themes text[] not null default '{}',
  founder_id uuid references people (id) on delete set null,
  member_count integer not null default 0,
  archived_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  unique (id, open)
);
create index communities_by_name on communities (lower(name), id);

create table memberships (
  community_id uuid not null references communities (id) on delete cascade,
  person_id uuid not null references people (id) on delete cascade,
  role text not null default 'member' check (role in ('member', 'animator')),
  joined_at timestamptz(3) not null default now(),
  seen_at timestamptz(3) not null default now(),
  primary key (person_id, community_id)
);
create index memberships_by_community on memberships (community_id, person_id);

create function count_members() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update communities set member_count = member_count + 1 where id = new.community_id;
  else
    update communities set member_count = member_count - 1 where id = old.community_id;
  end if;
  return null;
end $$;
create trigger memberships_counted after insert or delete on memberships
  for each row execute function count_members();

create table join_requests (
  community_id uuid not null references communities (id) on delete cascade,
  person_id uuid not null references people (id) on delete cascade,
  message text not null default '',
  created_at timestamptz(3) not null default now(),
  primary key (community_id, person_id)
);
create index join_requests_by_person on join_requests (person_id);

create table community_invitations (
  community_id uuid not null references communities (id) on delete cascade,
  person_id uuid not null references people (id) on delete cascade,
  invited_by uuid references people (id) on delete set null,
  created_at timestamptz(3) not null default now(),
  primary key (community_id, person_id)
);
create index community_invitations_by_person on community_invitations (person_id);

-- An invitation link may open the door of communities too: that is how guests come in.
create table invitation_communities (
  invitation_id uuid not null references invitations (id) on delete cascade,
  community_id uuid not null references communities (id) on delete cascade,
  primary key (invitation_id, community_id)
);

-- What a person follows, silently: nobody is told.
create table follows (
  person_id uuid not null references people (id) on delete cascade,
  kind text not null check (kind in ('community', 'person', 'tag')),
  target_id uuid not null,
  created_at timestamptz(3) not null default now(),
  primary key (person_id, kind, target_id)
);
create index follows_by_target on follows (kind, target_id);
