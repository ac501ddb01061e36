-- What was done, of one kind, the newest first.
create index audit_act on audit (act, at desc, id desc);
