-- Search over what a person keeps in his reader: a row for each reading that he keeps, and for no other, so that keeping a
-- hundred costs a hundred, whatever else arrived. The owner is a lexeme, as in desk_search.
create table reading_search (
  reading_id uuid primary key references readings (id) on delete cascade,
  document tsvector not null
) with (toast_tuple_target = 8160);
create index reading_search_document on reading_search using gin (document) with (fastupdate = off);

create function index_kept_readings(ids uuid[]) returns void language sql as $$
  insert into reading_search (reading_id, document)
  select r.id, setweight(words_of(i.title), 'A')
    || words_of(concat_ws(' ', i.author, coalesce(nullif(s.title, ''), f.title), i.excerpt,
      regexp_replace(left(i.html, 200000), '<[^>]*>', ' ', 'g')))
    || array_to_tsvector(array[owner_lexeme(r.person_id)])
  from readings r join source_items i on i.id = r.item_id left join subscriptions s on s.id = r.subscription_id
    left join sources f on f.id = s.source_id
  where r.id = any(ids) and r.kept_at is not null
  on conflict (reading_id) do update set document = excluded.document;
$$;

create function reading_kept() returns trigger language plpgsql as $$
begin
  if new.kept_at is null then
    delete from reading_search where reading_id = new.id;
  else
    perform index_kept_readings(array[new.id]);
  end if;
  return null;
end $$;
create trigger readings_kept_at_once after insert on readings
  for each row when (new.kept_at is not null) execute function reading_kept();
create trigger readings_kept_since after update of kept_at on readings
  for each row when ((old.kept_at is null) <> (new.kept_at is null)) execute function reading_kept();

-- What its source corrects is found by the new words.
create function kept_item_changed() returns trigger language plpgsql as $$
begin
  perform index_kept_readings(array(select id from readings where item_id = new.id and kept_at is not null));
  return null;
end $$;
create trigger source_items_corrected after update of title, author, excerpt, html on source_items
  for each row when ((old.title, old.author, old.excerpt, old.html) is distinct from (new.title, new.author, new.excerpt, new.html))
  execute function kept_item_changed();

select index_kept_readings(array(select id from readings where kept_at is not null));
