-- The secret of the link by which anyone watches a game; games before it have none.
alter table game add column watch_secret text unique;

-- The team of a seat, from 1; 0 where everybody plays alone.
alter table game_seat add column team int not null default 0;
