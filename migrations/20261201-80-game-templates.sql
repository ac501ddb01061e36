-- What a host chose for a game, under a name, to choose it again at once. Names of people are not part of it.
create table game_template (
  id       uuid primary key,
  host_id  uuid not null references account,
  name     text not null check (length(name) between 1 and 60),
  choices  jsonb not null,
  saved_at timestamptz not null,
  unique (host_id, name)
);
