-- The notebook of wrong answers. What is in it follows from the reviews; only what a learner does by hand is stored.

-- The last thing that a learner did by hand: took a question out, or put it back. It holds for one fork, as memories do.
create table notebook_mark (
  learner_id  uuid not null references learner on delete cascade,
  question_id bigint not null references question,
  fork        int not null,
  act         text not null check (act in ('removed', 'restored')),
  marked_at   timestamptz not null,
  -- the learner's study day when it was made
  day         date not null,
  primary key (learner_id, question_id)
);
create index notebook_mark_question on notebook_mark (question_id);

-- On how many days a question must be right to leave; null for the usual number.
alter table learner add notebook_days int check (notebook_days between 1 and 5);

-- A look at a notebook begins with the questions that its learner ever answered wrong: read from this index alone.
create index review_missed on review (learner_id, question_id, fork) where rating = 1;
