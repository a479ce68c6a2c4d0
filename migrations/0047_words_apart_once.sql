-- `words_of` stands in its place as an expression, in which its argument is worked out three times, once for each way of
-- reading it: half of what a long text cost to be found. Here words are set apart once.
create or replace function index_entry() returns trigger language plpgsql as $$
declare
  title text := words_apart(new.title);
  headline tsvector := word_forms(title);
  body text := words_apart(left(new.body, 200000));
begin
  insert into entry_search (entry_id, headline, document)
  values (new.id, headline, setweight(headline, 'A') || word_forms(body)
    || array_to_tsvector(array[day_lexeme(coalesce(new.published_at, new.created_at))]))
  on conflict (entry_id) do update set headline = excluded.headline, document = excluded.document;
  return null;
end $$;

create or replace function index_comment() returns trigger language plpgsql as $$
declare
  body text := words_apart(left(new.body, 200000));
begin
  insert into comment_search (comment_id, document)
  values (new.id, word_forms(body) || array_to_tsvector(array[day_lexeme(new.created_at)]))
  on conflict (comment_id) do update set document = excluded.document;
  return null;
end $$;
