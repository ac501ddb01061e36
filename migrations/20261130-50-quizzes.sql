-- Quizzes: a host's choice of questions with rules; with sections, points and a pass mark it is a paper.

-- A host's own questions stand in a source of their own that has no text: in no bank, of no key point that anyone studies, drawn by nobody else.
alter table source add owner_id uuid references account on delete cascade;
create unique index source_owner on source (owner_id) where owner_id is not null;
alter table question drop constraint question_status_check;
alter table question add constraint question_status_check check (status in ('draft', 'review', 'published', 'retired', 'private'));

create table quiz (
  -- made by the form, so that sending it twice makes one
  id         uuid primary key,
  owner_id   uuid not null references account,
  title      text not null check (length(title) between 1 and 200),
  -- sections and rules
  plan       jsonb not null,
  -- draws what is not picked by hand; another one gives another paper of the same kind
  seed       bigint not null,
  -- raised by every change; a change names the one that it was made from
  revision   int not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  deleted_at timestamptz
);
create index quiz_owner on quiz (owner_id, changed_at desc, id) where deleted_at is null;

-- What a section holds, in order. Polls and slides belong to the quiz alone.
create table quiz_item (
  id          uuid primary key,
  quiz_id     uuid not null references quiz on delete cascade,
  section     int not null,
  place       int not null,
  kind        text not null check (kind in ('question', 'poll', 'slide')),
  question_id bigint references question on delete cascade,
  body        jsonb,
  -- by the blueprint; another draw takes it away again
  drawn       boolean not null default false,
  check ((kind = 'question') = (question_id is not null)),
  check ((kind = 'question') = (body is null)),
  unique (quiz_id, question_id)
);
create index quiz_item_order on quiz_item (quiz_id, section, place);
create index quiz_item_question on quiz_item (question_id) where question_id is not null;
