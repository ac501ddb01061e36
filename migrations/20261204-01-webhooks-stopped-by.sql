-- Who stopped it: what an admin stopped, an admin starts again. Null where its owner did, or it was stopped before this was kept.
alter table webhook add column disabled_by uuid references account on delete set null;
