-- The picture that opens a post may be one of this network, chosen by its author, and says what it shows to whoever
-- does not see it.

alter table entries add column cover_file uuid references files (id) on delete set null,
  add column cover_alt text not null default '' check (length(cover_alt) <= 500);
create index entries_by_cover_file on entries (cover_file) where cover_file is not null;
