-- A device's learner whose history went to an account: what the device still has in its queue for it goes there too.
alter table learner add merged_into uuid references learner on delete cascade;
create index learner_merged on learner (merged_into) where merged_into is not null;
