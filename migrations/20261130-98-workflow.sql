-- Draft, review, published, retired: who may publish, and why a question may do without evidence.

-- The last wording that somebody published who had not written it: it may be published again by anybody.
alter table question add approved_version_id bigint references question_version;

-- Why a question without evidence may be asked all the same. Learners see it beside the answer.
create table question_waiver (
  question_id bigint primary key references question on delete cascade,
  reason      text not null check (length(reason) between 1 and 500),
  waived_by   uuid references account on delete set null,
  waived_at   timestamptz not null
);
create index question_waiver_by on question_waiver (waived_by);

-- What lies in the trash is asked of nobody: it is retired there, and restored to what it was.
alter table question add trashed_at timestamptz, add trashed_by uuid references account on delete set null, add trashed_from text;
create index question_trash on question (trashed_at desc, id) where trashed_at is not null;
create index question_trashed_by on question (trashed_by) where trashed_by is not null;

-- One row: what the admins settled for everyone.
create table workflow_setting (
  id         int primary key default 1 check (id = 1),
  -- nobody publishes their own wording, where there are two who may publish
  two_people boolean not null
);
insert into workflow_setting (two_people) values (false);
