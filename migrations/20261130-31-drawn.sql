-- Candidates of an attempt are read from the index alone.
drop index question_lot;
create index question_lot on question (key_point_id, type, lot) include (id) where status = 'published' and current_version_id is not null;

-- Few questions ever change their meaning: of all others a memory needs no second look at the version that is asked.
create index question_version_forked on question_version (question_id) where fork > 1;
