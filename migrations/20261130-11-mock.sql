-- A mock exam: what each question is worth, and from how many points on it is passed; null where questions simply count.
alter table attempt drop constraint attempt_selection_check;
alter table attempt add constraint attempt_selection_check check (selection in ('mixed', 'weak', 'order', 'favourites', 'chosen', 'daily', 'mock'));
alter table attempt add pass_mark numeric(6, 2);
alter table attempt_question add points numeric(5, 2) check (points > 0);
