-- Keeping order: what people report, and outside authors who turn out to be somebody.

-- One open report per person and thing. The thing is the comment where there is one, the entry otherwise; the entry
-- always says where it stands, and so who may know of the report.
create table reports (
  id uuid primary key default uuidv7(),
  entry_id uuid not null references entries (id) on delete cascade,
  comment_id uuid references comments (id) on delete cascade,
  reporter_id uuid not null references people (id),
  reason text not null check (
    reason in ('confidential', 'disrespect', 'privacy', 'misleading', 'misplaced', 'other')
  ),
  words text not null default '',
  created_at timestamptz(3) not null default now(),
  resolved_at timestamptz(3),
  resolved_by uuid references people (id),
  outcome text check (outcome in ('hidden', 'nothing')),
  -- What those who decided say to the reporter.
  answer text not null default '',
  check ((resolved_at is null) = (outcome is null))
);
create unique index reports_once_entry on reports (entry_id, reporter_id)
  where comment_id is null and resolved_at is null;
create unique index reports_once_comment on reports (comment_id, reporter_id)
  where comment_id is not null and resolved_at is null;
create index reports_open on reports (created_at desc, id desc) where resolved_at is null;
create index reports_resolved on reports (resolved_at desc, id desc) where resolved_at is not null;
create index reports_by_reporter on reports (reporter_id, created_at desc, id desc);
create index reports_by_entry on reports (entry_id);
create index reports_by_comment on reports (comment_id) where comment_id is not null;

create index comments_hidden on comments (hidden_at desc, id desc) where hidden_at is not null;

-- "That was me": a member says so of an outside author, an admin decides. Where he agrees, the outside author and
-- with him this row are gone.
create table claims (
  id uuid primary key default uuidv7(),
  outside_id uuid not null references people (id) on delete cascade,
  claimant_id uuid not null references people (id) on delete cascade,
  words text not null default '',
  created_at timestamptz(3) not null default now(),
  declined_at timestamptz(3),
  declined_by uuid references people (id) on delete set null,
  unique (outside_id, claimant_id)
);
create index claims_open on claims (created_at desc, id desc) where declined_at is null;
create index claims_by_claimant on claims (claimant_id);
create index people_outside on people (created_at desc, id desc) where status = 'outside';
