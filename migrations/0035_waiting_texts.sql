-- Texts that wait to be drawn (0033): the id of an entry or of something shared. Else each text that comes out would have
-- all others looked through.
create table texts_waiting (
  id uuid primary key
);
