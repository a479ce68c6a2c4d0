-- Quiet hours: when the organisation and each of its people may be rung, and who insisted all the same.

-- One row: the organisation's hours, in minutes of the wall clock. While it is not active, only what people set for
-- themselves is kept.
create table quiet_calendar (
  only_one boolean primary key default true check (only_one),
  active boolean not null default true,
  time_zone text not null default 'Europe/Paris',
  -- Whether the hours are read on each person's own clock, or on that of the organisation.
  own_clock boolean not null default true,
  days smallint[] not null default '{1,2,3,4,5}',
  opens_at smallint not null default 510,
  closes_at smallint not null default 1110,
  holiday_country text default 'FR',
  holiday_region text,
  check (days <@ '{1,2,3,4,5,6,7}' and cardinality(days) between 1 and 7),
  check (0 <= opens_at and opens_at < closes_at and closes_at <= 1440)
);
insert into quiet_calendar default values;

-- Public holidays of that place, some years ahead. `worked`: the organisation is open all the same.
create table quiet_holidays (
  day date not null,
  rule text not null,
  name_fr text not null,
  name_en text not null,
  worked boolean not null default false,
  primary key (day, rule)
);
insert into quiet_holidays (day, rule, name_fr, name_en) values
  ('2026-01-01', '01-01', 'Nouvel An', 'New Year''s Day'),
  ('2026-04-06', 'easter 1', 'Lundi de Pâques', 'Easter Monday'),
  ('2026-05-01', '05-01', 'Fête du travail', 'Labour Day'),
  ('2026-05-08', '05-08', 'Fête de la Victoire 1945', 'Victory Day'),
  ('2026-05-14', 'easter 39', 'Ascension', 'Ascension Day'),
  ('2026-05-25', 'easter 50', 'Lundi de Pentecôte', 'Whit Monday'),
  ('2026-07-14', '07-14', 'Fête Nationale de la France', 'Bastille Day'),
  ('2026-08-15', '08-15', 'Assomption', 'Assumption'),
  ('2026-11-01', '11-01', 'Toussaint', 'All Saints'' Day'),
  ('2026-11-11', '11-11', 'Armistice 1918', 'Armistice Day'),
  ('2026-12-25', '12-25', 'Noël', 'Christmas Day'),
  ('2027-01-01', '01-01', 'Nouvel An', 'New Year''s Day'),
  ('2027-03-29', 'easter 1', 'Lundi de Pâques', 'Easter Monday'),
  ('2027-05-01', '05-01', 'Fête du travail', 'Labour Day'),
  ('2027-05-06', 'easter 39', 'Ascension', 'Ascension Day'),
  ('2027-05-08', '05-08', 'Fête de la Victoire 1945', 'Victory Day'),
  ('2027-05-17', 'easter 50', 'Lundi de Pentecôte', 'Whit Monday'),
  ('2027-07-14', '07-14', 'Fête Nationale de la France', 'Bastille Day'),
  ('2027-08-15', '08-15', 'Assomption', 'Assumption'),
  ('2027-11-01', '11-01', 'Toussaint', 'All Saints'' Day'),
  ('2027-11-11', '11-11', 'Armistice 1918', 'Armistice Day'),
  ('2027-12-25', '12-25', 'Noël', 'Christmas Day'),
  ('2028-01-01', '01-01', 'Nouvel An', 'New Year''s Day'),
  ('2028-04-17', 'easter 1', 'Lundi de Pâques', 'Easter Monday'),
  ('2028-05-01', '05-01', 'Fête du travail', 'Labour Day'),
  ('2028-05-08', '05-08', 'Fête de la Victoire 1945', 'Victory Day'),
  ('2028-05-25', 'easter 39', 'Ascension', 'Ascension Day'),
  ('2028-06-05', 'easter 50', 'Lundi de Pentecôte', 'Whit Monday'),
  ('2028-07-14', '07-14', 'Fête Nationale de la France', 'Bastille Day'),
  ('2028-08-15', '08-15', 'Assomption', 'Assumption'),
  ('2028-11-01', '11-01', 'Toussaint', 'All Saints'' Day'),
  ('2028-11-11', '11-11', 'Armistice 1918', 'Armistice Day'),
  ('2028-12-25', '12-25', 'Noël', 'Christmas Day'),
  ('2029-01-01', '01-01', 'Nouvel An', 'New Year''s Day'),
  ('2029-04-02', 'easter 1', 'Lundi de Pâques', 'Easter Monday'),
  ('2029-05-01', '05-01', 'Fête du travail', 'Labour Day'),
  ('2029-05-08', '05-08', 'Fête de la Victoire 1945', 'Victory Day'),
  ('2029-05-10', 'easter 39', 'Ascension', 'Ascension Day'),
  ('2029-05-21', 'easter 50', 'Lundi de Pentecôte', 'Whit Monday'),
  ('2029-07-14', '07-14', 'Fête Nationale de la France', 'Bastille Day'),
  ('2029-08-15', '08-15', 'Assomption', 'Assumption'),
  ('2029-11-01', '11-01', 'Toussaint', 'All Saints'' Day'),
  ('2029-11-11', '11-11', 'Armistice 1918', 'Armistice Day'),
  ('2029-12-25', '12-25', 'Noël', 'Christmas Day'),
  ('2030-01-01', '01-01', 'Nouvel An', 'New Year''s Day'),
  ('2030-04-22', 'easter 1', 'Lundi de Pâques', 'Easter Monday'),
  ('2030-05-01', '05-01', 'Fête du travail', 'Labour Day'),
  ('2030-05-08', '05-08', 'Fête de la Victoire 1945', 'Victory Day'),
  ('2030-05-30', 'easter 39', 'Ascension', 'Ascension Day'),
  ('2030-06-10', 'easter 50', 'Lundi de Pentecôte', 'Whit Monday'),
  ('2030-07-14', '07-14', 'Fête Nationale de la France', 'Bastille Day'),
  ('2030-08-15', '08-15', 'Assomption', 'Assumption'),
  ('2030-11-01', '11-01', 'Toussaint', 'All Saints'' Day'),
  ('2030-11-11', '11-11', 'Armistice 1918', 'Armistice Day'),
  ('2030-12-25', '12-25', 'Noël', 'Christmas Day'),
  ('2031-01-01', '01-01', 'Nouvel An', 'New Year''s Day'),
  ('2031-04-14', 'easter 1', 'Lundi de Pâques', 'Easter Monday'),
  ('2031-05-01', '05-01', 'Fête du travail', 'Labour Day'),
  ('2031-05-08', '05-08', 'Fête de la Victoire 1945', 'Victory Day'),
  ('2031-05-22', 'easter 39', 'Ascension', 'Ascension Day'),
  ('2031-06-02', 'easter 50', 'Lundi de Pentecôte', 'Whit Monday'),
  ('2031-07-14', '07-14', 'Fête Nationale de la France', 'Bastille Day'),
  ('2031-08-15', '08-15', 'Assomption', 'Assumption'),
  ('2031-11-01', '11-01', 'Toussaint', 'All Saints'' Day'),
  ('2031-11-11', '11-11', 'Armistice 1918', 'Armistice Day'),
  ('2031-12-25', '12-25', 'Noël', 'Christmas Day');

-- A person's own hours in place of the organisation's.
create table quiet_hours (
  person_id uuid primary key references people (id) on delete cascade,
  days smallint[] not null,
  opens_at smallint not null,
  closes_at smallint not null,
  check (days <@ '{1,2,3,4,5,6,7}' and cardinality(days) between 1 and 7),
  check (0 <= opens_at and opens_at < closes_at and closes_at <= 1440)
);

-- Whole days away, both included.
create table quiet_leave (
  id uuid primary key default uuidv7(),
  person_id uuid not null references people (id) on delete cascade,
  from_day date not null,
  to_day date not null check (to_day >= from_day)
);
create index quiet_leave_by_person on quiet_leave (person_id, to_day);

-- Somebody rang out of hours, and why. Once for each thing said and each person it names.
create table quiet_insistences (
  id uuid primary key default uuidv7(),
  author_id uuid not null references people (id) on delete cascade,
  person_id uuid not null references people (id) on delete cascade,
  entry_id uuid not null references entries (id) on delete cascade,
  comment_id uuid references comments (id) on delete cascade,
  reason text not null check (length(reason) between 1 and 280),
  created_at timestamptz(3) not null default now(),
  unique nulls not distinct (person_id, entry_id, comment_id)
);
create index quiet_insistences_by_author on quiet_insistences (author_id, created_at);
create index quiet_insistences_by_entry on quiet_insistences (entry_id);
create index quiet_insistences_by_comment on quiet_insistences (comment_id);
create index quiet_insistences_newest on quiet_insistences (created_at);
