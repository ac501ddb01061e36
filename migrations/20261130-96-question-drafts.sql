-- What editors have typed and not saved. The page makes the id, so that sending twice stores once.
create table question_draft (
  id          uuid primary key,
  account_id  uuid not null references account on delete cascade,
  source_id   bigint not null references source on delete cascade,
  -- null for a question that is not stored yet
  question_id bigint references question on delete cascade,
  -- names and values as the form has them
  fields      jsonb not null,
  sequence    bigint not null,
  kept_at     timestamptz not null,
  -- saved or discarded: what a page still sends changes nothing
  closed_at   timestamptz
);
create index question_draft_open on question_draft (account_id, source_id, question_id, kept_at desc) where closed_at is null;
create index question_draft_source on question_draft (source_id);
create index question_draft_question on question_draft (question_id) where question_id is not null;
