-- How an attempt goes. An exam is told at its end, and its answers may change until then; in a practice each answer is final and told at
-- once, and there is no deadline.
alter table attempt add mode text not null default 'exam' check (mode in ('exam', 'practice'));
alter table attempt alter deadline drop not null;
alter table attempt add check (mode <> 'exam' or deadline is not null);
-- By what its questions were picked; one of a day's five, or of questions that were named, has no next one of its kind.
alter table attempt add selection text not null default 'mixed' check (selection in ('mixed', 'weak', 'order', 'favourites', 'chosen', 'daily'));
