-- Withdrawing: a question that must not be asked a moment longer leaves what is open too.

-- When it was withdrawn; publishing it again takes that back.
alter table question add withdrawn_at timestamptz;
create index question_withdrawn on question (withdrawn_at desc) where withdrawn_at is not null;

-- How far a withdrawal has come. It goes on until nothing open holds the question, whichever host dies meanwhile.
create table withdrawal (
  id           bigint generated always as identity primary key,
  question_id  bigint not null references question on delete cascade,
  reason       text not null check (length(reason) between 1 and 500),
  withdrawn_by uuid references account on delete set null,
  withdrawn_at timestamptz not null,
  attempts     int not null default 0,
  games        int not null default 0,
  done_at      timestamptz
);
create index withdrawal_question on withdrawal (question_id, id);
create index withdrawal_by on withdrawal (withdrawn_by);
create index withdrawal_open on withdrawal (id) where done_at is null;

-- What was taken out of an open attempt, with the answer that it had: it counts for nobody, and its learner is told.
create table withdrawn_answer (
  attempt_id          uuid not null references attempt on delete cascade,
  position            int not null,
  question_version_id bigint not null references question_version,
  answer              jsonb,
  withdrawn_at        timestamptz not null,
  primary key (attempt_id, position)
);
create index withdrawn_answer_version on withdrawn_answer (question_version_id);

-- Reviewing: who looks at a question, what is said about it, and when it is published by itself.
alter table question add assigned_to uuid references account on delete set null;
create index question_assigned on question (assigned_to, id) where assigned_to is not null;
-- The wording that is published by itself, and whose decision that was.
alter table question add publish_at timestamptz, add publish_version_id bigint references question_version, add publish_by uuid references account on delete set null;
create index question_scheduled on question (publish_at) where publish_at is not null;
create index question_scheduled_by on question (publish_by) where publish_by is not null;
create index question_waits on question (id) where status = 'review';

create table question_comment (
  id          bigint generated always as identity primary key,
  -- made by the form, so that sending it twice stores it once
  client_id   uuid not null unique,
  question_id bigint not null references question on delete cascade,
  author      uuid references account on delete set null,
  words       text not null check (length(words) between 1 and 2000),
  written_at  timestamptz not null,
  resolved_at timestamptz,
  resolved_by uuid references account on delete set null
);
create index question_comment_question on question_comment (question_id, id);
create index question_comment_author on question_comment (author);
create index question_comment_resolved_by on question_comment (resolved_by);

-- A learner's flag stays on the list until an editor has looked at it.
alter table question_flag add resolved_at timestamptz, add resolved_by uuid references account on delete set null;
create index question_flag_open on question_flag (flagged_at) where resolved_at is null;
create index question_flag_resolved_by on question_flag (resolved_by) where resolved_by is not null;

-- A bank in the trash takes its questions along; those that lay there before stay when it comes back.
alter table question add trashed_with_bank boolean not null default false;
alter table source add trashed_at timestamptz, add trashed_by uuid references account on delete set null;
create index source_trash on source (trashed_at desc) where trashed_at is not null;
create index source_trashed_by on source (trashed_by) where trashed_by is not null;
