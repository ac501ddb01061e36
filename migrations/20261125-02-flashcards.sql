-- Flashcards: one memory of every question, whatever it was answered in.

-- The truth. Rows are only ever added: undoing and regrading are further rows that name the one they replace. Keyed by the learner
-- and an id that the client made, so that sending a row twice stores it once and nobody can swallow another's.
create table review (
  learner_id          uuid not null references learner on delete cascade,
  client_id           uuid not null,
  question_id         bigint not null references question,
  fork                int not null,
  -- the version that was asked
  question_version_id bigint not null references question_version,
  kind                text not null check (kind in ('rated', 'assessed', 'undone')),
  -- 1 again, 2 hard, 3 good, 4 easy
  rating              smallint check (rating between 1 and 4),
  origin              text not null check (origin in ('cards', 'self_test', 'game', 'import')),
  reviewed_at         timestamptz not null,
  received_at         timestamptz not null,
  -- the learner's study day when it was written: a changed time zone alters nothing of the past
  day                 date not null,
  -- from the question's appearance to the answer
  took_ms             int check (took_ms between 0 and 86400000),
  replaces            uuid,
  primary key (learner_id, client_id),
  check ((kind = 'undone') = (rating is null)),
  check (kind <> 'undone' or replaces is not null)
);
create index review_card on review (learner_id, question_id, fork);
-- how many new cards and reviews a day has had, and the pictures of the last months
create index review_day on review (learner_id, day);
create index review_replaces on review (learner_id, replaces) where replaces is not null;
create index review_question on review (question_id);
create index review_version on review (question_version_id);

-- What the reviews come to: a fold of them that can be made again at any time. due_day decides; due_at counts on the steps of minutes.
create table card (
  learner_id     uuid not null references learner on delete cascade,
  question_id    bigint not null references question,
  fork           int not null,
  -- which model and settings made it
  model          text not null,
  phase          text not null check (phase in ('learning', 'review', 'relearning')),
  stability      float8 not null,
  difficulty     float8 not null,
  step           int not null,
  scheduled_days int not null,
  due_at         timestamptz not null,
  due_day        date not null,
  last_at        timestamptz not null,
  last_day       date not null,
  first_day      date not null,
  reviews        int not null,
  lapses         int not null,
  -- where a plan to catch up put an overdue card; the next review takes it away
  planned_day    date,
  primary key (learner_id, question_id, fork)
);
create index card_due on card (learner_id, due_day);
create index card_question on card (question_id);

-- What a learner set for the cards of a source; without a row the defaults hold.
create table deck (
  learner_id       uuid not null references learner on delete cascade,
  source_id        bigint not null references source on delete cascade,
  new_per_day      int not null default 10 check (new_per_day between 0 and 500),
  reviews_per_day  int not null default 100 check (reviews_per_day between 1 and 5000),
  retention        float8 not null default 0.9 check (retention between 0.7 and 0.97),
  maximum_interval int not null default 36500 check (maximum_interval between 1 and 36500),
  exam_day         date,
  -- null for all
  key_points       bigint[],
  types            text[],
  primary key (learner_id, source_id)
);
create index deck_source on deck (source_id);

-- What a learner did to a question other than answering it. The last change counts, by the clock of whoever made it.
create table question_mark (
  learner_id   uuid not null references learner on delete cascade,
  question_id  bigint not null references question,
  favourite    boolean not null default false,
  favourite_at timestamptz not null default '-infinity',
  suspended    boolean not null default false,
  suspended_at timestamptz not null default '-infinity',
  buried_day   date,
  buried_at    timestamptz not null default '-infinity',
  note         text check (length(note) <= 2000),
  note_at      timestamptz not null default '-infinity',
  primary key (learner_id, question_id)
);
create index question_mark_question on question_mark (question_id);

-- A learner says that something is wrong with a question, for the editors.
create table question_flag (
  learner_id          uuid not null references learner on delete cascade,
  client_id           uuid not null,
  question_id         bigint not null references question,
  question_version_id bigint not null references question_version,
  reason              text not null check (reason in ('wrong_key', 'unclear', 'typo', 'evidence', 'other')),
  words               text check (length(words) <= 1000),
  flagged_at          timestamptz not null,
  primary key (learner_id, client_id)
);
create index question_flag_question on question_flag (question_id);
create index question_flag_version on question_flag (question_version_id);

-- Two buttons (不会, 会) or four.
alter table learner add rating_buttons int not null default 2 check (rating_buttons in (2, 4));

-- A game's answers go into its players' reviews when it has ended, once; until then this is null.
alter table game add reviews_written_at timestamptz;
-- Games that ended before there were reviews have none to give.
update game set reviews_written_at = ended_at where ended_at is not null;
create index game_unreviewed on game (ended_at) where ended_at is not null and reviews_written_at is null;
