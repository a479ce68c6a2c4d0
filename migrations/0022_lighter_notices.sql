-- A comment makes a handful of notices: what each of their indexes and references costs is paid as often.

-- One index says that nobody is told twice of an event, and finds whom an event was told. Events come in order, so it
-- grows at its end.
drop index notifications_by_event;
alter table notifications
  drop constraint notifications_person_id_event_id_key,
  add constraint notifications_once unique (event_id, person_id);

-- A comment goes with its entry only, and takes the notices along by `entry_id`; a community is never deleted.
alter table notifications
  drop constraint notifications_comment_id_fkey,
  drop constraint notifications_community_id_fkey;
drop index notifications_by_comment;
