-- A round of a game may be a poll or a slide of its quiz: then it has a body of its own instead of a question. Each has its points.
alter table game_round
  alter column question_version_id drop not null,
  add column extra jsonb,
  add column points int not null default 100 check (points > 0),
  add constraint game_round_content check ((question_version_id is null) <> (extra is null));

-- What an answer's way through the network was reckoned at; it does not count as answering time.
alter table game_answer add column credit_us bigint not null default 0;
