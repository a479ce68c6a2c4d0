-- A comment makes a handful of notices, and a quarter of what each of them cost went into what nothing needs.

-- Whoever writes a notice says what its line is about (src/server/notifications/tell.ts): nobody else writes any, and
-- nobody moves one.
drop trigger notifications_thing on notifications;
drop function thing_of_notice();
alter table notifications add constraint notifications_thing_check check (thing_id is not null) not valid;

-- People stay when they are erased. Only outside authors go (src/server/claims/move.ts), whom nobody tells anything and who
-- do nothing here.
alter table notifications
  drop constraint notifications_person_id_fkey,
  drop constraint notifications_actor_id_fkey;
