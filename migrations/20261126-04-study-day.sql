-- What a study day is told needs what only the fold of the reviews knows.
-- The days on which an answer in a card session last met the card new, and waiting for a review: a day's limits count these.
alter table card add met_day date, add came_day date;
-- Of what was answered when this came the last answer tells nearly the same, and only today is asked for.
update card c
set met_day = case when c.first_day = c.last_day then c.last_day end, came_day = case when c.first_day < c.last_day then c.last_day end
where c.last_day >= current_date - 1
  and exists (
    select 1 from review r
    where r.learner_id = c.learner_id and r.question_id = c.question_id and r.fork = c.fork and r.day = c.last_day and r.origin = 'cards' and r.kind = 'rated');
-- What a plan to catch up said, and of which last answer: planned_day holds it as long as that is the last one, and again once later ones are undone.
alter table card add plan_day date, add plan_after timestamptz;
update card set plan_day = planned_day, plan_after = last_at where planned_day is not null;
-- Whether the cards have been folded anew since the exam: from then on it caps nothing.
alter table deck add exam_over boolean not null default false;
