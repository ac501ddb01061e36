-- A word with a wrong letter is looked for as several that lack it, one after another: each ends at its rarest pair, and all of them in one
-- condition read the long lists of common pairs to their end.
drop function find_near_words(tsquery, int);
create function find_near_words(queries tsquery[], most int) returns table (question_id bigint, words text) language sql stable set enable_seqscan = off as '
  select w.question_id, w.words from question_words w
  where w.question_id in (select f.question_id from unnest(queries) as q (query), lateral (select question_id from question_words where pairs @@ q.query limit most) f) limit most';
