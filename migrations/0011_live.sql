-- Live: which people a batch of events made notices for.
create index notifications_by_event on notifications (event_id);
