-- What lies in the trash is in no list: its row goes, and comes back with it.
create function trashed_is_unlisted() returns trigger language plpgsql as '
begin
  delete from question_listing l using changed n where n.id = l.question_id and n.trashed_at is not null;
  -- what comes back finds its statistics again
  insert into question_statistics_due (question_id)
  select n.id from changed n join before o on o.id = n.id where o.trashed_at is not null and n.trashed_at is null on conflict do nothing;
  return null;
end';
-- by its name it runs after the one that lists what was changed
create trigger trashed_is_unlisted after update on question referencing old table as before new table as changed for each statement execute function trashed_is_unlisted();

create or replace function question_is_listed_anew() returns trigger language plpgsql as '
begin
  perform list_questions(array(
    select n.id from changed n join before o on o.id = n.id
    where n.current_version_id is not null and (n.source_id, n.key_point_id, n.type, n.status, n.current_version_id, n.trashed_at) is distinct from (o.source_id, o.key_point_id, o.type, o.status, o.current_version_id, o.trashed_at)));
  return null;
end';
delete from question_listing l using question q where q.id = l.question_id and q.trashed_at is not null;
