-- Communities and who belongs to them: what the rule of sight stands on.

-- A name as lists order and find it: without accents, case or hyphens, each word behind a space, so that `% bel%`
-- finds Bellot in Jean-Marc Bellot.
create function folded_name(name text) returns text language sql immutable parallel safe
  return ' ' || lower(public.unaccent('public.unaccent'::regdictionary, translate(name, '-''’.', '    ')));
create function folded_names(names text[]) returns text[] language sql immutable parallel safe
  return array(select folded_name(name) from unnest(names) as name);
-- What `folded_name` is compared with (LIKE) to find the names that have a word beginning so.
create function name_pattern(beginning text) returns text language sql immutable parallel safe
  return '%' || regexp_replace(folded_name(beginning), '([\\%_])', '\\\1', 'g') || '%';

create index people_by_folded_name on people ((folded_name(name) collate "C"), id);
create index people_by_words on people using gin (folded_name(name) gin_trgm_ops);

create table communities (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  name text not null check (length(name) between 1 and 90),
  access text not null check (access in ('open', 'closed', 'secret')),
  open boolean generated always as (access = 'open') stored,
  emoji text not null default '🐝',
  description text not null default '',
  description_html text not null default '',
  excerpt text not null default '',
  themes text[] not null default '{}',
  founder_id uuid references people (id) on delete set null,
  member_count integer not null default 0,
  archived_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  unique (id, open)
);
create index communities_by_folded_name on communities ((folded_name(name) collate "C"), id);
create index communities_by_words on communities using gin (folded_name(name) gin_trgm_ops);
create index communities_by_theme on communities using gin (folded_names(themes));

create table memberships (
  community_id uuid not null references communities (id) on delete cascade,
  person_id uuid not null references people (id) on delete cascade,
  role text not null default 'member' check (role in ('member', 'animator')),
  joined_at timestamptz(3) not null default now(),
  seen_at timestamptz(3) not null default now(),
  primary key (person_id, community_id)
);
create index memberships_by_community on memberships (community_id, person_id);
create index memberships_animating on memberships (community_id, person_id) where role = 'animator';

-- Per statement, not per row: a whole company joins as cheaply as one person. Rows are taken in the order of their ids,
-- so that two such statements wait for each other instead of blocking each other.
create function count_members() returns trigger language plpgsql as $$
begin
  perform 1 from communities where id in (select community_id from changed) order by id for no key update;
  update communities set member_count = member_count + change.members * case tg_op when 'INSERT' then 1 else -1 end
  from (select community_id, count(*) as members from changed group by community_id) change
  where id = change.community_id;
  return null;
end $$;
create trigger memberships_begun after insert on memberships
  referencing new table as changed for each statement execute function count_members();
create trigger memberships_ended after delete on memberships
  referencing old table as changed for each statement execute function count_members();

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
