-- Names of players are erased a year (or what the settings say) after their game.
alter table game add column names_erased_at timestamptz;
create index game_named on game (coalesce(ended_at, created_at)) where names_erased_at is null;
