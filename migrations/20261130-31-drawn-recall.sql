-- How well a learner remembers the candidates of an attempt is read from the index alone.
create index if not exists card_recall on card (learner_id, question_id) include (fork, stability, last_day);
