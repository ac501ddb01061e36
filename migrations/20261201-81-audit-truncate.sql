-- A row's trigger does not see a truncate.
create trigger audit_not_emptied before truncate on audit for each statement execute function audit_is_append_only();
