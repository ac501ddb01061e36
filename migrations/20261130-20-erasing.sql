-- Whoever deletes their account stays as an actor without a name: what others rely on, versions of questions and games that were played,
-- still says that one person made it, and no longer who.
alter table account add erased_at timestamptz;
-- A person's own edits, for the export of their data.
create index question_version_made_by on question_version (created_by) where created_by is not null;
