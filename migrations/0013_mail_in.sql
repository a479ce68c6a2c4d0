-- Answers that come by mail.

-- Messages that were taken, each as a hash of its Message-ID and of the person it came from: a server that did not hear
-- our answer sends again.
create table mails_taken (
  hash text primary key,
  taken_at timestamptz(3) not null default now()
);
create index mails_taken_by_time on mails_taken (taken_at);

-- A reply address has room for the end of a person's id only.
create index people_by_id_end on people (right(id::text, 12));
