-- Banks at a glance: a narrow row a question that lists filter and sort by, words to search, statistics, topics, changes of many at once.

-- Searching -------------------------------------------------------------------------------------------------------------

-- All that a question says: stem, options with their reasons, key, explanation, evidence. One line a text, letters alone, in small and in
-- their usual width. SearchWords in the app makes the same of what somebody looks for.
create function question_words(body jsonb) returns text language sql immutable parallel safe return (
  select coalesce(regexp_replace(lower(normalize(string_agg(v #>> '{}', e'\n'), nfkc)), '[\u0001-\u0009\u000b-\u002f\u003a-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]', '', 'g'), '')
  from jsonb_path_query(body - 'type' - 'alsoCounts', 'strict $.**') v where jsonb_typeof(v) = 'string');

-- Its letters and pairs of neighbouring letters. Chinese does not part its words and most of them are shorter than a trigram, and
-- pg_trgm sees no Chinese letters at all in a database whose LC_CTYPE is C, as the embedded one's is: pairs find any part of a text,
-- a single letter too, in every database.
create function letter_pairs(words text) returns tsvector language sql immutable parallel safe return (
  select coalesce(array_to_tsvector(array_agg(pair)), ''::tsvector)
  from (
    select letter, letter || lead(letter) over (partition by line order by place)
    from string_to_table(words, e'\n') with ordinality as l (text, line), string_to_table(text, null) with ordinality as c (letter, place)
  ) letters (letter, pair_of_it), lateral (values (letter), (pair_of_it)) p (pair)
  where pair is not null);

create table question_words (
  question_id bigint primary key references question on delete cascade,
  version_id  bigint not null,
  words       text not null,
  -- with '#' and the source's id among them, so that a bank is searched alone
  pairs       tsvector not null
);
create index question_words_pairs on question_words using gin (pairs) with (fastupdate = off);

-- Listing ---------------------------------------------------------------------------------------------------------------

-- What a question's row in a list is made of, without its text: a hundred thousand of them are read in milliseconds. The first columns
-- follow the question by triggers, whoever changes it; the last are written with its statistics.
create table question_listing (
  question_id    bigint primary key references question on delete cascade,
  source_id      bigint not null,
  key_point_id   bigint not null,
  type           text not null,
  status         text not null,
  difficulty     smallint not null,
  has_evidence   boolean not null,
  -- it quotes a text that its source has a newer version of
  is_behind      boolean not null,
  author         uuid,
  changed_at     timestamptz not null,
  tags           text[] not null,
  answers        int not null default 0,
  -- null where there is not enough to say; 2 sorts them behind all others
  facility       real,
  discrimination real,
  median_ms      int,
  -- the share of right answers in each of the last weeks that had any
  weeks          real[] not null default '{}',
  flags          text[] not null default '{}',
  facility_key       real not null generated always as (coalesce(facility, 2)) stored,
  discrimination_key real not null generated always as (coalesce(discrimination, 2)) stored,
  -- how much a look is needed: what is likely wrong before what is merely odd
  concern        int not null generated always as (
    case when is_behind then 8 else 0 end + case when 'negative' = any(flags) then 4 else 0 end + case when flags && array['hard', 'dead'] then 2 else 0 end + case when flags <> '{}' then 1 else 0 end) stored
);
create index question_listing_order on question_listing (source_id, question_id);
create index question_listing_changed on question_listing (source_id, changed_at desc, question_id desc);
create index question_listing_facility on question_listing (source_id, facility_key, question_id);
create index question_listing_discrimination on question_listing (source_id, discrimination_key, question_id);
create index question_listing_answers on question_listing (source_id, answers desc, question_id desc);
create index question_listing_concern on question_listing (source_id, concern desc, question_id desc);
-- the tree counts from this alone
create index question_listing_point on question_listing (source_id, key_point_id, status) include (concern);
-- which tags there are, one look for each
create index question_tag_tag on question_tag (tag);
create index question_listing_tags on question_listing using gin (tags);
create index question_listing_flagged on question_listing (source_id, question_id) where flags <> '{}' or is_behind;

-- What people's first answers say about a question; see ItemStatistics. Made in the background, as often as there is something new.
create table question_statistics (
  question_id  bigint primary key references question on delete cascade,
  fork         int not null,
  figures      jsonb not null,
  refreshed_at timestamptz not null
);
-- Questions whose statistics are older than their answers.
create table question_statistics_due (question_id bigint primary key references question on delete cascade);

create function list_questions(ids bigint[]) returns void language sql as '
  insert into question_listing as l (question_id, source_id, key_point_id, type, status, difficulty, has_evidence, is_behind, author, changed_at, tags)
  select q.id, q.source_id, q.key_point_id, q.type, q.status, (v.body ->> ''difficulty'')::smallint, v.body -> ''evidence'' <> ''[]'',
    v.body -> ''evidence'' <> ''[]'' and v.source_version_id is distinct from s.current_version_id, v.created_by, v.created_at,
    coalesce((select array_agg(t.tag order by t.tag) from question_tag t where t.question_id = q.id), ''{}'')
  -- joined, for of an array that is no constant every row would be looked up one by one
  from unnest(ids) as i (id) join question q on q.id = i.id join source s on s.id = q.source_id join question_version v on v.id = q.current_version_id
  where q.status <> ''private''
  on conflict (question_id) do update set
    source_id = excluded.source_id, key_point_id = excluded.key_point_id, type = excluded.type, status = excluded.status, difficulty = excluded.difficulty,
    has_evidence = excluded.has_evidence, is_behind = excluded.is_behind, author = excluded.author, changed_at = excluded.changed_at, tags = excluded.tags
  where (l.source_id, l.key_point_id, l.type, l.status, l.difficulty, l.has_evidence, l.is_behind, l.author, l.changed_at, l.tags)
    is distinct from (excluded.source_id, excluded.key_point_id, excluded.type, excluded.status, excluded.difficulty, excluded.has_evidence, excluded.is_behind, excluded.author, excluded.changed_at, excluded.tags);
  insert into question_words (question_id, version_id, words, pairs)
  select q.id, v.id, said.words, letter_pairs(said.words) || array_to_tsvector(array[''#'' || q.source_id])
  from unnest(ids) as i (id) join question q on q.id = i.id join question_version v on v.id = q.current_version_id cross join lateral (select question_words(v.body) as words) said
  where q.status <> ''private'' and not exists (select from question_words w where w.question_id = q.id and w.version_id = v.id)
  on conflict (question_id) do update set version_id = excluded.version_id, words = excluded.words, pairs = excluded.pairs;
  -- answers to another meaning say nothing about this one
  insert into question_statistics_due (question_id)
  select q.id
  from unnest(ids) as i (id) join question q on q.id = i.id join question_version v on v.id = q.current_version_id join question_statistics s on s.question_id = q.id and s.fork <> v.fork
  on conflict do nothing;
';

create function question_is_listed() returns trigger language plpgsql as '
begin
  perform list_questions(array(select id from changed where current_version_id is not null));
  return null;
end';
create function question_is_listed_anew() returns trigger language plpgsql as '
begin
  perform list_questions(array(
    select n.id from changed n join before o on o.id = n.id
    where n.current_version_id is not null and (n.source_id, n.key_point_id, n.type, n.status, n.current_version_id) is distinct from (o.source_id, o.key_point_id, o.type, o.status, o.current_version_id)));
  return null;
end';
create function question_tag_is_listed() returns trigger language plpgsql as '
begin
  perform list_questions(array(select distinct question_id from changed));
  return null;
end';
create function source_text_is_newer() returns trigger language plpgsql as '
begin
  update question_listing l set is_behind = v.source_version_id is distinct from n.current_version_id
  from changed n join before o on o.id = n.id and o.current_version_id is distinct from n.current_version_id
  join question q on q.source_id = n.id join question_version v on v.id = q.current_version_id
  where l.question_id = q.id and l.has_evidence and l.is_behind <> (v.source_version_id is distinct from n.current_version_id);
  return null;
end';
create trigger question_is_listed after insert on question referencing new table as changed for each statement execute function question_is_listed();
create trigger question_is_listed_anew after update on question referencing old table as before new table as changed for each statement execute function question_is_listed_anew();
create trigger question_tag_is_listed after insert on question_tag referencing new table as changed for each statement execute function question_tag_is_listed();
create trigger question_tag_is_unlisted after delete on question_tag referencing old table as changed for each statement execute function question_tag_is_listed();
create trigger source_text_is_newer after update on source referencing old table as before new table as changed for each statement execute function source_text_is_newer();

select list_questions(array(select id from question where current_version_id is not null));

-- Statistics ------------------------------------------------------------------------------------------------------------

-- Up to when answers were looked at. Some were stored by transactions that ended after it: each look goes back a little.
create table statistics_mark (id int primary key check (id = 1), seen timestamptz not null);
insert into statistics_mark values (1, '-infinity');

-- What a game's answers were worth by today's keys and how long they took, written when it has ended.
alter table game_answer add column credit numeric(4, 3);
alter table game_answer add column took_ms int;
alter table game add column judged_at timestamptz;
create index game_unjudged on game (ended_at) where ended_at is not null and judged_at is null;
create index game_judged on game (judged_at) where judged_at is not null;
create index attempt_submitted on attempt (submitted_at) where submitted_at is not null;
create index regrade_at on regrade (regraded_at);
create index key_correction_at on key_correction (corrected_at);
-- rows come in by time: of a table that only grows a few pages say where to look
create index review_received on review using brin (received_at) with (autosummarize = on);

-- Texts ------------------------------------------------------------------------------------------------------------------

-- Who brought a newer text of a source, and what became of the quotes of the one before it.
alter table source_version add column made_by uuid references account on delete set null;
alter table source_version add column anchored jsonb;
create index source_version_made_by on source_version (made_by);

-- Topics ----------------------------------------------------------------------------------------------------------------

create table topic (
  -- made by the form, so that sending it twice makes one
  id         uuid primary key,
  title      text not null check (length(title) between 1 and 100),
  created_by uuid references account on delete set null,
  created_at timestamptz not null
);
create index topic_created_by on topic (created_by);
create table topic_source (
  topic_id  uuid not null references topic on delete cascade,
  source_id bigint not null references source on delete cascade,
  primary key (topic_id, source_id)
);
create index topic_source_source on topic_source (source_id);

-- Changes of many questions at once -------------------------------------------------------------------------------------

-- What each of them was before and became, so that it can be undone: only where it is still what it became.
create table bulk_change (
  -- made by the form, so that sending it twice changes once
  id        uuid primary key,
  source_id bigint not null references source on delete cascade,
  made_by   uuid references account on delete set null,
  made_at   timestamptz not null,
  kind      text not null check (kind in ('status', 'tag', 'untag', 'difficulty', 'move')),
  value     text not null,
  before    jsonb not null,
  -- how many were refused, by why
  refused   jsonb not null,
  undone_at timestamptz
);
create index bulk_change_source on bulk_change (source_id, made_at desc);
create index bulk_change_made_by on bulk_change (made_by);
