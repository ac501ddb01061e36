-- What a learner marked in one source is found without going through what was marked in others.
alter table question_mark add column source_id bigint;
update question_mark m set source_id = q.source_id from question q where q.id = m.question_id;
alter table question_mark alter column source_id set not null;

-- A question stays in its source, so that whoever marks it need not say it.
create function question_mark_source() returns trigger language plpgsql as $$
begin
  select source_id into new.source_id from question where id = new.question_id;
  return new;
end $$;
create trigger question_mark_source before insert on question_mark for each row execute function question_mark_source();

drop index question_mark_favourite;
create index question_mark_favourite on question_mark (learner_id, source_id, favourite_at desc, question_id) where favourite;
