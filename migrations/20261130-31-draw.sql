-- An attempt's questions are found without a look at all of a source's, however many it has.

-- A place in a random order that never changes, spread evenly: questions are drawn from somewhere on in it.
alter table question add column lot int not null generated always as (('x' || left(md5(slug), 8))::bit(32)::int) stored;
create index question_lot on question (key_point_id, type, lot) where status = 'published' and current_version_id is not null;

-- The order of the text: key points, and a key point's questions as they came.
create index question_in_point on question (key_point_id, id) include (type) where status = 'published' and current_version_id is not null;
create index key_point_in_order on key_point (source_id, position, id);

-- The latest first.
create index question_mark_favourite on question_mark (learner_id, favourite_at desc, question_id) where favourite;
