-- The newest entries with what the rule of sight and following ask of them, so that a feed finds its page without
-- looking into each of the many places that somebody follows.
create index entries_newest on entries (published_at desc, id desc)
  include (community_id, author_id, everyone) where listed;
