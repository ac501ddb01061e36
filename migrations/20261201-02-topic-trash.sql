-- A topic in the trash keeps its sources, and comes back with them.
alter table topic add trashed_at timestamptz, add trashed_by uuid references account on delete set null;
create index topic_trash on topic (trashed_at desc) where trashed_at is not null;
create index topic_trashed_by on topic (trashed_by) where trashed_by is not null;
