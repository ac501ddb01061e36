-- A version of a question says for good what it said: a change is another version. Only its author's account may go, and the version itself with its question.
create function version_is_fixed() returns trigger language plpgsql as '
begin
  if tg_op = ''TRUNCATE'' then
    raise exception ''versions of questions are fixed: they are never emptied'';
  elsif tg_op = ''DELETE'' then
    if exists (select from question where id = old.question_id) then
      raise exception ''question_version % is fixed: it goes with its question'', old.id;
    end if;
    return old;
  elsif (new.id, new.question_id, new.version, new.fork, new.source_version_id, new.body, new.reason, new.created_at, new.copies_id)
      is distinct from (old.id, old.question_id, old.version, old.fork, old.source_version_id, old.body, old.reason, old.created_at, old.copies_id)
      or (new.created_by is not null and new.created_by is distinct from old.created_by) then
    raise exception ''question_version % is fixed: a change is another version'', old.id;
  end if;
  return new;
end';

-- The version whose words this one repeats, with its quotes in a newer text or with another difficulty: nobody wrote anything anew.
alter table question_version add copies_id bigint;

create trigger version_is_fixed before update or delete on question_version for each row execute function version_is_fixed();
create trigger versions_not_emptied before truncate on question_version for each statement execute function version_is_fixed();
