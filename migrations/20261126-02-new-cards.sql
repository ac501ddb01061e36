-- New cards wait while a plan to catch up runs and just before an exam; a learner may learn them all the same until that is over.
alter table deck add new_lifted_until date;
-- whether a plan runs is asked at every look at a deck
create index card_planned on card (learner_id, planned_day) where planned_day is not null;
