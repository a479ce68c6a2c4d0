-- Those whose words are hidden, or shown again, and those who reported something are told of it.
alter table notifications
  drop constraint notifications_kind_check,
  add constraint notifications_kind_check check (kind in (
    'mention', 'reply', 'comment', 'thread', 'post', 'reaction', 'curated',
    'community_invited', 'community_asked', 'community_joined', 'report',
    'held_back', 'by_mail', 'dossier_week', 'hidden', 'shown', 'report_hidden', 'report_nothing'
  )) not valid;
