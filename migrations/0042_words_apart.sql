-- What stands between words is no part of them. PostgreSQL's parser reads `prix/volume` as the name of a file,
-- `fin.Début` or `acme.fr` as a machine, `ISO-9001` as a negative number: none of their words was found. It takes
-- `Val-d'Ombre` for a compound, which a phrase does not find. A point within a number stays.

create function words_apart(words text) returns text language sql immutable strict parallel safe
  return regexp_replace(translate(words, '<>/_@-+', '       '), '(?<![0-9])[.]|[.](?![0-9])', ' ', 'g');

create function word_forms(words text) returns tsvector language sql immutable parallel safe
  return to_tsvector('public.essaim_simple', words)
    || to_tsvector('public.essaim_fr', words)
    || strip(to_tsvector('public.essaim_en', words));

create or replace function words_of(words text) returns tsvector language sql immutable parallel safe
  return word_forms(words_apart(words));

update entry_search s set headline = words_of(e.title),
  document = setweight(words_of(e.title), 'A') || words_of(left(e.body, 200000))
    || array_to_tsvector(array[day_lexeme(coalesce(e.published_at, e.created_at))])
from entries e where e.id = s.entry_id;

update comment_search s set document = words_of(left(c.body, 200000)) || array_to_tsvector(array[day_lexeme(c.created_at)])
from comments c where c.id = s.comment_id;

select count(index_desk_item(item_id)) from desk_search;
select index_kept_readings(array(select id from readings where kept_at is not null));
