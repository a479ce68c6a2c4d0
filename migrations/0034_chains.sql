-- Chains that last, and what a week brought to a dossier. Decision 0031.

-- Where what it came from stood then: whoever reads there may know whose it was, also when the thing itself is gone. Both
-- null: it was nobody's but his who made something of it. `everyone` is kept equal to the community's openness.
alter table provenance
  add column community_id uuid,
  add column everyone boolean,
  add foreign key (community_id, everyone) references communities (id, open) on update cascade;

update provenance p set community_id = o.community_id, everyone = o.everyone
from desk_items i join entries o on o.id = i.entry_id
where p.how = 'turned' and p.from_kind = 'bookmark' and i.id = p.from_id;

-- Whoever passes on an entry of the network names its author, for good. A row written once it is published.
create function credit_passed_on() returns trigger language plpgsql as $$
begin
  delete from provenance where subject_id = new.id and how = 'quoted' and from_id <> new.curated_id;
  insert into provenance (kind, subject_id, from_kind, from_id, how, person_id, author_id, found_at, community_id, everyone, at)
  select new.kind, new.id, o.kind, o.id, 'quoted', new.author_id, o.author_id, o.published_at, o.community_id, o.everyone,
    coalesce(new.published_at, now())
  from entries o where o.id = new.curated_id
    and not exists (select 1 from provenance known where known.subject_id = new.id and known.how = 'quoted');
  return null;
end $$;
create trigger entries_credit after insert or update of curated_id, status on entries
  for each row when (new.curated_id is not null and new.status = 'published') execute function credit_passed_on();

insert into provenance (kind, subject_id, from_kind, from_id, how, person_id, author_id, found_at, community_id, everyone, at)
select e.kind, e.id, o.kind, o.id, 'quoted', e.author_id, o.author_id, o.published_at, o.community_id, o.everyone,
  coalesce(e.published_at, e.created_at)
from entries e join entries o on o.id = e.curated_id where e.status = 'published';

-- A chain goes with what it is the chain of.
create function forget_chain() returns trigger language plpgsql as $$
begin
  delete from provenance where subject_id = old.id;
  return null;
end $$;
create trigger entries_chain_gone after delete on entries for each row execute function forget_chain();
create trigger dossiers_chain_gone after delete on dossiers for each row execute function forget_chain();

-- When its follower hears next of what came into it. Null: to be worked out.
alter table dossier_follows add column week_due timestamptz(3);
create index dossier_follows_due on dossier_follows (week_due);

alter table notifications
  add column dossier_id uuid references dossiers (id) on delete cascade,
  drop constraint notifications_kind_check,
  add constraint notifications_kind_check check (kind in (
    'mention', 'reply', 'comment', 'thread', 'post', 'reaction', 'curated',
    'community_invited', 'community_asked', 'community_joined', 'report',
    'held_back', 'by_mail', 'dossier_week'
  )),
  alter column thing_id set expression as (case
    when kind in ('reaction', 'report') then coalesce(comment_id, entry_id)
    when kind = 'post' then community_id
    else coalesce(entry_id, dossier_id, community_id) end);
create index notifications_by_dossier on notifications (dossier_id) where dossier_id is not null;
