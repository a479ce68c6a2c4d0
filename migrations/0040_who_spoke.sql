-- Who spoke in a conversation, one step for each of them and not for each word said: whoever speaks next reaches them all.
create index comments_by_speaker on comments (entry_id, author_id, created_at, id) where listed;
