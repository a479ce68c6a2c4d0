-- Shared watches and dossiers are reported and hidden like posts. Decision 0029.

alter table watches
  add column hidden_at timestamptz(3),
  add column hidden_by uuid references people (id) on delete set null,
  add column hidden_reason text;
create index watches_hidden on watches (hidden_at desc, id desc) where hidden_at is not null;

alter table dossiers
  add column hidden_at timestamptz(3),
  add column hidden_by uuid references people (id) on delete set null,
  add column hidden_reason text;
create index dossiers_hidden on dossiers (hidden_at desc, id desc) where hidden_at is not null;

-- What is reported is an entry, a comment under it, a watch or a dossier.
alter table reports
  alter column entry_id drop not null,
  add column watch_id uuid references watches (id) on delete cascade,
  add column dossier_id uuid references dossiers (id) on delete cascade,
  -- Where a watch was shared when it was reported: its owner may share it elsewhere, and whoever keeps order there has no
  -- business with what was said here. `everyone` is kept equal to the community's openness.
  add column community_id uuid,
  add column everyone boolean,
  add foreign key (community_id, everyone) references communities (id, open) on update cascade,
  add constraint reports_thing_check check (num_nonnulls(entry_id, watch_id, dossier_id) = 1
    and (comment_id is null or entry_id is not null)
    and num_nonnulls(watch_id, community_id, everyone) in (0, 3));
create unique index reports_once_watch on reports (watch_id, reporter_id)
  where watch_id is not null and resolved_at is null;
create unique index reports_once_dossier on reports (dossier_id, reporter_id)
  where dossier_id is not null and resolved_at is null;
create index reports_by_watch on reports (watch_id) where watch_id is not null;
create index reports_by_dossier on reports (dossier_id) where dossier_id is not null;

-- The report that is told of, where what it is about is no entry.
alter table notifications add column report_id uuid references reports (id) on delete cascade;
create index notifications_by_report on notifications (report_id) where report_id is not null;

-- What a line is about stood in an expression over the row alone; a change of it would write the whole table anew.
alter table notifications alter column thing_id drop expression;
create function thing_of_notice() returns trigger language plpgsql as $$
begin
  new.thing_id = case
    when new.report_id is not null then (select coalesce(watch_id, dossier_id) from reports where id = new.report_id)
    when new.kind in ('reaction', 'report') then coalesce(new.comment_id, new.entry_id)
    when new.kind = 'post' then new.community_id
    else coalesce(new.entry_id, new.dossier_id, new.community_id) end;
  return new;
end $$;
create trigger notifications_thing
  before insert or update of kind, comment_id, entry_id, dossier_id, community_id, report_id on notifications
  for each row execute function thing_of_notice();
