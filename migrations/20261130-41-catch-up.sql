-- By when a learner wants to have caught up: with it a plan that runs can be spread anew once the deck's settings are others.
alter table deck add catch_up_by date;
