-- A challenge goes on until its first miss, with a clock for each question; reading shows the answers and asks nothing.
alter table attempt drop constraint attempt_mode_check;
alter table attempt add constraint attempt_mode_check check (mode in ('exam', 'practice', 'challenge', 'read'));
-- When a challenge showed a question; null where it has not yet. The deadline of a challenge is that of the question that is open.
alter table attempt_question add opened_at timestamptz;
-- Where a reading stopped, a position; null where it has not begun.
alter table attempt add place int;

-- How much more time than others a learner has, and what an attempt was begun with.
alter table learner add extra_time numeric(3, 2) not null default 1 check (extra_time in (1, 1.25, 1.5, 2));
alter table attempt add extra_time numeric(3, 2) not null default 1 check (extra_time >= 1);

-- The server closes what is overdue by itself.
create index attempt_overdue on attempt (deadline) where submitted_at is null;

-- What arrived after an attempt had been closed, the last of each question: shown beside the answer that counts, never graded.
create table late_answer (
  attempt_id  uuid not null,
  position    int not null,
  client_id   uuid not null,
  sequence    bigint not null,
  answer      jsonb not null,
  received_at timestamptz not null,
  primary key (attempt_id, position),
  foreign key (attempt_id, position) references attempt_question on delete cascade
);
