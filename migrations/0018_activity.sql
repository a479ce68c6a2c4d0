-- What moves when people talk beneath an entry stands in a narrow row of its own: a comment then rewrites neither the
-- text nor the indexes of `entries`. The columns of the rule of sight are copies, so that the lists by latest activity
-- are read from one index.
create table entry_activity (
  entry_id uuid primary key references entries (id) on delete cascade,
  community_id uuid,
  author_id uuid not null,
  everyone boolean not null,
  listed boolean not null,
  last_at timestamptz(3) not null,
  comment_count integer not null default 0,
  -- The three who spoke last, the latest first.
  voices uuid[] not null default '{}'
);

insert into entry_activity (entry_id, community_id, author_id, everyone, listed, last_at, comment_count, voices)
select id, community_id, author_id, everyone, listed, activity_at, comment_count, array(
    select comments.author_id from comments where entry_id = entries.id and comments.listed
    group by comments.author_id order by max(comments.created_at) desc limit 3)
from entries;

drop index entries_everyone_active, entries_community_active, entries_author_active;
alter table entries drop column activity_at, drop column comment_count;

create index entry_activity_everyone on entry_activity (last_at desc, entry_id desc) where listed and everyone;
create index entry_activity_community on entry_activity (community_id, last_at desc, entry_id desc) where listed;
create index entry_activity_author on entry_activity (author_id, last_at desc, entry_id desc) where listed;

create function keep_activity() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into entry_activity (entry_id, community_id, author_id, everyone, listed, last_at)
    values (new.id, new.community_id, new.author_id, new.everyone, new.listed, coalesce(new.published_at, new.created_at));
  else
    update entry_activity set community_id = new.community_id, author_id = new.author_id, everyone = new.everyone,
      listed = new.listed, last_at = greatest(last_at, coalesce(new.published_at, new.created_at))
    where entry_id = new.id;
  end if;
  return null;
end $$;
create trigger entries_active after insert or
  update of community_id, author_id, everyone, status, deleted_at, hidden_at, published_at on entries
  for each row execute function keep_activity();

-- Only the journal of those who keep order is read by name, and comments and posts are most of all events.
drop index events_by_name;
create index events_by_name on events (name, id)
  where name not in ('comment.written', 'post.published', 'reaction.given', 'reaction.taken_back');
