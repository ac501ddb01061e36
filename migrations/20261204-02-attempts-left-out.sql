-- Its host lets somebody begin again: the attempt is ended, stays with whoever took it, and counts for nothing.
alter table attempt
  add column left_out_at timestamptz,
  add column left_out_by uuid references account on delete set null,
  add constraint attempt_left_out check (left_out_at is null or assignment_id is not null);
create index attempt_left_out_by on attempt (left_out_by) where left_out_by is not null;

-- What is left out is not handed in
create or replace function attempt_finished() returns trigger language plpgsql as $$
begin
  if new.left_out_at is null then
    perform queue_webhooks('attempt.finished', new.id, m.host_id, new.submitted_at) from assignment m where m.id = new.assignment_id;
  end if;
  return null;
end $$;
