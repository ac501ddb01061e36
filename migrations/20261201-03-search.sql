-- Searches always go through the index of pairs: of letters that many questions hold the planner now and then thought that reading
-- every text would end soon, which it did not.
create function find_words(query tsquery, patterns text[], most int) returns setof bigint language sql stable set enable_seqscan = off as '
  select question_id from question_words where pairs @@ query and words like all(patterns) limit most';
create function find_near_words(query tsquery, most int) returns table (question_id bigint, words text) language sql stable set enable_seqscan = off as '
  select question_id, words from question_words where pairs @@ query limit most';
