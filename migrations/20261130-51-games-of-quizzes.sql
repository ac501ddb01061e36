-- Which quiz a game was opened from: one of several banks, of own questions, or of polls alone has no source.
alter table game alter source_id drop not null;
alter table game add quiz_id uuid references quiz;
create index game_quiz on game (quiz_id) where quiz_id is not null;
-- the share of right answers from which on it is passed; null where nobody passes or fails
alter table game add pass_share numeric(5, 4) check (pass_share > 0 and pass_share <= 1);
