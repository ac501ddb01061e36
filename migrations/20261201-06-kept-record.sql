-- The record is emptied by nobody either.
create function audit_is_kept() returns trigger language plpgsql as '
begin
  raise exception ''The record is only added to'';
end';
create trigger audit_is_kept before truncate on audit for each statement execute function audit_is_kept();
