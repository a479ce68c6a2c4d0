-- Texts that wait to be drawn (0033): the id of an entry or of something shared. Else each text that comes out would have
-- all others looked through.
create table texts_waiting (
  id uuid primary key
);

-- Whether a text that holds a wanted word is in sight is read here, for thousands of them: beside each other, not from the
-- rows, each of which lies with its text in another place.
create index entries_listed on entries (id) include (community_id, everyone) where listed;
