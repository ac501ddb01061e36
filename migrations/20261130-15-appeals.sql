-- Appeals: a learner says that an answer should count; an editor decides; what was graded by the old key is graded again.

-- Whose it is follows from the attempt, so that it goes where the attempt goes.
create table appeal (
  id                  bigint generated always as identity primary key,
  attempt_id          uuid not null,
  position            int not null,
  -- made where it was written: sending it twice stores it once
  client_id           uuid not null,
  question_id         bigint not null references question on delete cascade,
  -- the version that was asked
  question_version_id bigint not null references question_version on delete cascade,
  -- the answer in a form that is the same for answers that say the same
  answer_form         text not null,
  words               text check (length(words) <= 500),
  appealed_at         timestamptz not null,
  state               text not null default 'open' check (state in ('open', 'accepted', 'refused')),
  -- the editor's
  reason              text check (length(reason) <= 500),
  decided_by          uuid references account on delete set null,
  decided_at          timestamptz,
  unique (attempt_id, position, client_id),
  foreign key (attempt_id, position) references attempt_question on delete cascade,
  check ((state = 'open') = (decided_at is null))
);
-- one open appeal for an answer
create unique index appeal_open on appeal (attempt_id, position) where state = 'open';
create index appeal_queue on appeal (appealed_at, id) where state = 'open';
create index appeal_question on appeal (question_id);
create index appeal_version on appeal (question_version_id);
create index appeal_decided_by on appeal (decided_by);

-- Versions stay as they were asked. What one is graded by since an appeal was accepted stands here; the last correction counts.
create table key_correction (
  question_version_id bigint primary key references question_version on delete cascade,
  body                jsonb not null,
  corrected_at        timestamptz not null
);

-- The verdicts that an accepted appeal changed: rows are only ever added.
create table regrade (
  id             bigint generated always as identity primary key,
  attempt_id     uuid not null,
  position       int not null,
  credit_before  numeric(4, 3) not null,
  outcome_before int not null,
  credit_after   numeric(4, 3) not null,
  outcome_after  int not null,
  regraded_by    uuid references account on delete set null,
  why            text not null,
  regraded_at    timestamptz not null,
  foreign key (attempt_id, position) references attempt_question on delete cascade
);
create index regrade_answer on regrade (attempt_id, position);
create index regrade_by on regrade (regraded_by);

-- Who did what to what, for good. Deleting an account leaves its deeds without a name.
create table audit (
  id      bigint generated always as identity primary key,
  actor   uuid references account on delete set null,
  act     text not null,
  object  text not null,
  details jsonb not null,
  at      timestamptz not null
);
create index audit_at on audit (at desc, id desc);
create index audit_object on audit (object);
create index audit_actor on audit (actor);

create function audit_is_append_only() returns trigger language plpgsql as '
begin
  if tg_op = ''UPDATE'' and new.actor is null and (new.id, new.act, new.object, new.details, new.at) is not distinct from (old.id, old.act, old.object, old.details, old.at) then
    return new;
  end if;
  raise exception ''audit is append-only'';
end';
create trigger audit_append_only before update or delete on audit for each row execute function audit_is_append_only();
