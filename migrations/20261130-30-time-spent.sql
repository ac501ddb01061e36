-- How many answers each study day has had and how long they took is read from this index alone, however many there are.
drop index review_day;
create index review_day on review (learner_id, day) include (took_ms, replaces);
