-- What a host does to rounds and seats while a game runs. The journal says what happened and when; these columns hold what others have to know
-- without reading a journal: the report, the reviews, the statistics, and who may come back.

-- a round that counts for nobody, and the question with the key that counts in this game where the host corrected it
alter table game_round add column voided_at timestamptz;
alter table game_round add column corrected jsonb;

alter table game_seat add column unit text;
alter table game_seat add column code text;
-- a name that waits for the host's consent
alter table game_seat add column is_hidden boolean not null default false;
-- how many events were journaled before the seat was taken; null where an older version stored it: then its time tells
alter table game_seat add column after_version int;
alter table game_seat add column removed_at timestamptz;
alter table game_seat add column is_banned boolean not null default false;
-- Equal names sit in games whose players are known by unit, number or account, and the name of a seat that was taken away is free again.
-- The game's owner refuses what is taken, and the fence lets one owner write.
alter table game_seat drop constraint game_seat_game_id_skeleton_key;

-- Secrets of further devices that hold a seat, and of links that hand one over: a link's is used up by its first use.
create table game_seat_token (
  token_hash bytea primary key,
  game_id    uuid not null,
  seat       int not null,
  -- null: a device's cookie
  link_until timestamptz,
  foreign key (game_id, seat) references game_seat on delete cascade
);
create index game_seat_token_seat on game_seat_token (game_id, seat);

-- Who may sit, in games of people on a list.
create table game_roster (
  game_id uuid not null references game on delete cascade,
  n       int not null,
  name    text not null,
  code    text,
  unit    text,
  primary key (game_id, n)
);
