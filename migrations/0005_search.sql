-- Full text in French and English at once, accents folded, right at commit. The documents stand in tables of their
-- own, so that a comment or a reaction, which touch the entry's row, leave the big index alone.

create text search configuration essaim_simple (copy = simple);
alter text search configuration essaim_simple alter mapping for hword, hword_part, word with unaccent, simple;
create text search configuration essaim_fr (copy = french);
alter text search configuration essaim_fr alter mapping for hword, hword_part, word with unaccent, french_stem;
create text search configuration essaim_en (copy = english);
alter text search configuration essaim_en alter mapping for hword, hword_part, word with unaccent, english_stem;

-- `unaccent` is only stable because its rules file could change; ours does not.
create function folded(text) returns text language sql immutable strict parallel safe
  return lower(public.unaccent('public.unaccent'::regdictionary, $1));

-- One lexeme that no text can hold says the day: it lets a search for a common word begin with the latest days.
create function day_lexeme(at timestamptz) returns text language sql immutable parallel safe
  return '@' || floor(extract(epoch from at) / 86400)::int;

-- `<` and `>` would make the parser take a word for a tag and leave it out.
create function words_of(words text) returns tsvector language sql immutable parallel safe
  return to_tsvector('public.essaim_simple', translate(words, '<>', '  '))
    || to_tsvector('public.essaim_fr', translate(words, '<>', '  '))
    || strip(to_tsvector('public.essaim_en', translate(words, '<>', '  ')));

create table entry_search (
  entry_id uuid primary key references entries (id) on delete cascade,
  headline tsvector not null,
  document tsvector not null
) with (toast_tuple_target = 8160);
create index entry_search_headline on entry_search using gin (headline);
create index entry_search_document on entry_search using gin (document);

create function index_entry() returns trigger language plpgsql as $$
declare
  title tsvector := words_of(new.title);
begin
  insert into entry_search (entry_id, headline, document)
  values (new.id, title, setweight(title, 'A') || words_of(left(new.body, 200000))
    || array_to_tsvector(array[day_lexeme(coalesce(new.published_at, new.created_at))]))
  on conflict (entry_id) do update set headline = excluded.headline, document = excluded.document;
  return null;
end $$;
create trigger entries_indexed after insert or update of title, body, published_at on entries
  for each row execute function index_entry();

create table comment_search (
  comment_id uuid primary key references comments (id) on delete cascade,
  document tsvector not null
) with (toast_tuple_target = 8160);
create index comment_search_document on comment_search using gin (document);

create function index_comment() returns trigger language plpgsql as $$
begin
  insert into comment_search (comment_id, document)
  values (new.id, words_of(left(new.body, 200000)) || array_to_tsvector(array[day_lexeme(new.created_at)]))
  on conflict (comment_id) do update set document = excluded.document;
  return null;
end $$;
create trigger comments_indexed after insert or update of body on comments
  for each row execute function index_comment();

-- Names, found with typing errors too.
alter table people add column search_name text generated always as (folded(name || ' ' || handle)) stored;
create index people_search_name on people using gin (search_name gin_trgm_ops);
alter table communities add column search_name text generated always as (folded(name)) stored;
create index communities_search_name on communities using gin (search_name gin_trgm_ops);
create index tags_search_name on tags using gin (slug gin_trgm_ops);
