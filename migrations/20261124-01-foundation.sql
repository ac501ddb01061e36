-- Identity -----------------------------------------------------------------------------------------------------------

create table account (
  id                   uuid primary key,
  user_name            text not null,
  -- collation "C" so that the list of people is paged and searched by prefix from one index on any database
  normalized_user_name text collate "C" not null unique,
  password_hash        text,
  security_stamp       text not null,
  -- raised by every change; a change names the version that it was made from
  version              int not null default 1,
  created_at           timestamptz not null default now()
);

create table account_role (
  account_id uuid not null references account on delete cascade,
  role       text not null check (role in ('admin', 'editor', 'host', 'learner')),
  primary key (account_id, role)
);

-- Tries to sign in, by the name that was typed whether it exists or not: a count kept for accounts only would tell which names do.
-- One count a name and network, and a higher one a name alone. The name is hashed, for people type passwords into the wrong field.
create table sign_in_try (
  name_hash    bytea primary key,
  tries        int not null,
  counts_until timestamptz not null
);
create index sign_in_try_expired on sign_in_try (counts_until);

-- One-use capability links. Only the hash of the secret is kept.
create table capability_link (
  secret_hash bytea primary key,
  purpose     text not null check (purpose in ('first_admin')),
  created_at  timestamptz not null default now(),
  used_at     timestamptz
);

create table data_protection_key (
  name       text primary key,
  xml        text not null,
  created_at timestamptz not null default now()
);

-- A learner may have no account: then a device cookie is all that ties the browser to the row.
create table learner (
  id            uuid primary key,
  account_id    uuid unique references account on delete set null,
  time_zone     text not null default 'Asia/Shanghai',
  rollover_hour int not null default 4 check (rollover_hour between 0 and 23),
  created_at    timestamptz not null default now()
);

create table learner_device (
  token_hash bytea primary key,
  learner_id uuid not null references learner on delete cascade,
  created_at timestamptz not null default now()
);
create index learner_device_learner on learner_device (learner_id);

-- Sources and the bank -------------------------------------------------------------------------------------------------
-- imported_hash is the hash of a source, key point or question as its bank file last gave it: one that differs from it here was
-- edited here, and the next import leaves it alone.

create table source (
  id                 bigint generated always as identity primary key,
  slug               text not null unique,
  title              text not null,
  publisher          text not null,
  published          date,
  language           text not null,
  current_version_id bigint,
  imported_hash      text,
  created_at         timestamptz not null default now()
);

create table source_version (
  id         bigint generated always as identity primary key,
  source_id  bigint not null references source on delete cascade,
  version    int not null,
  sha256     text not null,
  raw        text not null,
  created_at timestamptz not null default now(),
  unique (source_id, version)
);
alter table source add foreign key (current_version_id) references source_version;

create table paragraph (
  source_version_id bigint not null references source_version on delete cascade,
  position          int not null,
  label             text not null,
  text              text not null,
  primary key (source_version_id, position),
  unique (source_version_id, label)
);

create table key_point (
  id        bigint generated always as identity primary key,
  source_id bigint not null references source on delete cascade,
  label     text not null,
  parent_id bigint references key_point on delete cascade,
  position  int not null,
  heading   text not null,
  weight    int not null check (weight between 1 and 3),
  evidence  jsonb not null,
  imported_hash text,
  unique (source_id, label)
);
create index key_point_parent on key_point (parent_id);

-- A question has immutable versions; whatever was asked points at the version it was asked in.
create table question (
  id                 bigint generated always as identity primary key,
  source_id          bigint not null references source on delete cascade,
  slug               text not null,
  key_point_id       bigint not null references key_point,
  type               text not null check (type in
                       ('single_choice', 'multiple_choice', 'true_false', 'cloze', 'ordering', 'matching', 'flashcard')),
  status             text not null check (status in ('draft', 'review', 'published', 'retired')),
  origin             text not null check (origin in ('generated', 'edited', 'written')),
  current_version_id bigint,
  imported_hash      text,
  imported_version_id bigint,
  created_at         timestamptz not null default now(),
  unique (source_id, slug)
);
-- Drawing questions and counting them reads this index alone, never the rows.
create index question_drawn on question (source_id, status, type, id) include (key_point_id, current_version_id);
create index question_key_point on question (key_point_id);

-- A change of meaning forks: memories of the old wording do not count for the new one.
-- A version's evidence quotes the text of its own source version: a later text may no longer hold the words.
create table question_version (
  id          bigint generated always as identity primary key,
  question_id bigint not null references question on delete cascade,
  version     int not null,
  fork        int not null default 1,
  source_version_id bigint not null references source_version,
  body        jsonb not null,
  reason      text not null,
  created_by  uuid references account on delete set null,
  created_at  timestamptz not null default now(),
  unique (question_id, version)
);
create index question_version_source on question_version (source_version_id);
alter table question add foreign key (current_version_id) references question_version;
alter table question add foreign key (imported_version_id) references question_version;

-- Must not share a quiz: one gives away the other's answer. Stored in both directions.
create table question_enemy (
  question_id bigint not null references question on delete cascade,
  enemy_id    bigint not null references question on delete cascade,
  primary key (question_id, enemy_id)
);
create index question_enemy_enemy on question_enemy (enemy_id);

-- Self-test ------------------------------------------------------------------------------------------------------------

create table attempt (
  id           uuid primary key,
  learner_id   uuid not null references learner on delete cascade,
  source_id    bigint not null references source,
  seed         bigint not null,
  started_at   timestamptz not null,
  deadline     timestamptz not null check (deadline > started_at),
  submitted_at timestamptz
);
create index attempt_learner on attempt (learner_id, started_at desc);
create index attempt_source on attempt (source_id);

create table attempt_question (
  attempt_id          uuid not null references attempt on delete cascade,
  position            int not null,
  question_version_id bigint not null references question_version,
  seed                bigint not null,
  -- the verdict, written when the attempt is submitted
  credit              numeric(4, 3),
  outcome             int,
  primary key (attempt_id, position)
);
create index attempt_question_version on attempt_question (question_version_id);

-- The answer with the highest client sequence counts; a repeat changes nothing.
create table attempt_answer (
  attempt_id  uuid not null,
  position    int not null,
  client_id   uuid not null,
  sequence    bigint not null,
  answer      jsonb,
  received_at timestamptz not null,
  primary key (attempt_id, position),
  foreign key (attempt_id, position) references attempt_question on delete cascade
);

-- Live games -----------------------------------------------------------------------------------------------------------
-- Game time (…_us) is microseconds elapsed since the game was opened, counted only while a server runs it.

create table game (
  id               uuid primary key,
  host_id          uuid not null references account,
  source_id        bigint not null references source,
  title            text not null,
  pin              text not null,
  -- the PIN finds the game until then; nobody else gets it for a day after
  pin_until        timestamptz not null,
  join_secret      text not null unique,
  -- the owner's number; every write of a game locks this row and names it, and a takeover raises it before it loads anything
  epoch            bigint not null default 0,
  elapsed_us       bigint not null default 0,
  seat_cap         int not null,
  late_join        boolean not null,
  created_at       timestamptz not null,
  ended_at         timestamptz
);
create index game_pin on game (pin, pin_until);
create index game_host on game (host_id, created_at desc);
create index game_source on game (source_id);

create table game_round (
  game_id             uuid not null references game on delete cascade,
  round               int not null,
  question_version_id bigint not null references question_version,
  seed                bigint not null,
  reading_us          bigint not null,
  open_us             bigint not null,
  primary key (game_id, round)
);
create index game_round_version on game_round (question_version_id);

create table game_seat (
  game_id    uuid not null references game on delete cascade,
  seat       int not null,
  nickname   text not null,
  skeleton   text not null,
  token_hash bytea not null unique,
  learner_id uuid references learner on delete set null,
  at_us      bigint not null,
  joined_at  timestamptz not null default now(),
  primary key (game_id, seat),
  unique (game_id, skeleton)
);
create index game_seat_learner on game_seat (learner_id);

create table game_answer (
  game_id     uuid not null,
  round       int not null,
  seat        int not null,
  answer      jsonb not null,
  at_us       bigint not null,
  received_at timestamptz not null default now(),
  primary key (game_id, round, seat),
  foreign key (game_id, seat) references game_seat on delete cascade
);

-- Phase changes, in order. Seats and answers have tables of their own.
create table game_event (
  game_id uuid not null references game on delete cascade,
  version int not null,
  body    jsonb not null,
  primary key (game_id, version)
);

-- Health ---------------------------------------------------------------------------------------------------------------

-- One row that /ready writes, to know that writing works.
create table heartbeat (
  id      int primary key check (id = 1),
  beat_at timestamptz not null
);
