-- Of what several people wrote, each part is agreed to by somebody who has not written it: one approval after the other.
create table question_approval (
  version_id  bigint not null references question_version on delete cascade,
  account_id  uuid not null references account on delete cascade,
  approved_at timestamptz not null,
  primary key (version_id, account_id)
);
create index question_approval_account on question_approval (account_id);

-- The first version of the change that waits: whoever wrote it or a later one has a part in it.
alter table question_proposal add since_version_id bigint;
