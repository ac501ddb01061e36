-- What a learner's answers to a question come to in the notebook of wrong answers is kept with the card: it is a fold of the same reviews.
-- Without a wrong answer all of it is null.
alter table card
  -- the last wrong answer, when it was given and on which study day
  add missed_review  uuid,
  add missed_at      timestamptz,
  add missed_day     date,
  add misses         int,
  -- on how many days it was right since
  add right_days     int,
  add notebook_state text check (notebook_state in ('in', 'learned', 'removed')),
  -- the day on which it left; null while it is in
  add left_day       date;
-- What is in, and what left lately.
create index card_missed on card (learner_id, (coalesce(left_day, 'infinity'::date))) where missed_review is not null;

-- The rules by which all of a learner's cards were folded for the notebook; null: not yet, it is done at the next look.
alter table learner add notebook_rules int;
