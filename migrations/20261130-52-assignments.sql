-- Assignments: a quiz with a link, at everyone's own pace. What is assigned stays as it was, whatever becomes of the quiz.
create table assignment (
  -- made by the form, so that sending it twice assigns once
  id          uuid primary key,
  quiz_id     uuid not null references quiz,
  host_id     uuid not null references account,
  title       text not null,
  plan        jsonb not null,
  seed        bigint not null,
  link_secret text not null unique,
  opened_at   timestamptz not null,
  -- ended by its host before its time
  closed_at   timestamptz
);
create index assignment_host on assignment (host_id, opened_at desc);
create index assignment_quiz on assignment (quiz_id, opened_at desc);

-- What stands in it by hand, and where everyone has the same paper all of it. What each attempt draws stands with the attempt.
create table assignment_question (
  assignment_id uuid not null references assignment on delete cascade,
  position      int not null,
  section       int not null,
  question_id   bigint not null references question,
  primary key (assignment_id, position)
);
create index assignment_question_question on assignment_question (question_id);

-- An attempt of an assignment, with the name that was asked for.
alter table attempt add assignment_id uuid references assignment;
alter table attempt add taker_name text check (length(taker_name) <= 100);
alter table attempt add taker_unit text check (length(taker_unit) <= 100);
-- whether a multiple choice with some right and none wrong earns half of its points
alter table attempt add partial_credit boolean not null default true;
create index attempt_assignment on attempt (assignment_id, learner_id, started_at) where assignment_id is not null;
alter table attempt drop constraint attempt_selection_check;
alter table attempt add constraint attempt_selection_check check (selection in ('mixed', 'weak', 'order', 'favourites', 'chosen', 'daily', 'mock', 'assigned'));
