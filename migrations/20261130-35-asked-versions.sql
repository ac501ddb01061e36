-- To begin an attempt locked each version that it asks, which wrote fifty pages far apart of the largest table of a bank. Versions are
-- hardly ever deleted: it is the deletion that looks whether one was asked.
alter table attempt_question drop constraint attempt_question_question_version_id_fkey;

create function asked_version_stays() returns trigger language plpgsql as '
begin
  if exists (select from attempt_question where question_version_id = old.id) then
    raise foreign_key_violation using message = format(''question_version %s is asked in an attempt'', old.id), table = ''attempt_question'';
  end if;
  return old;
end';
create trigger asked_version_stays before delete on question_version for each row execute function asked_version_stays();

-- Where the last attempt in the order of the text ended, however many attempts there are.
create index attempt_in_order on attempt (learner_id, source_id, started_at desc) where selection = 'order';
