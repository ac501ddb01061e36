-- With two-person review a change of a published question waits: until somebody else agrees, the published version goes on being served,
-- played, graded, printed and exported, and nothing is graded anew.
create table question_proposal (
  question_id     bigint primary key references question on delete cascade,
  -- what waits
  version_id      bigint not null references question_version,
  -- the published version that it was made from; where another one is served by now, the two are merged first
  from_version_id bigint not null references question_version,
  -- back with its author: it waits for nobody until it is sent again
  returned_at     timestamptz,
  returned_by     uuid references account on delete set null,
  returned_for    text check (length(returned_for) between 1 and 2000)
);
create index question_proposal_version on question_proposal (version_id);
create index question_proposal_from on question_proposal (from_version_id);
create index question_proposal_returned_by on question_proposal (returned_by) where returned_by is not null;

-- Earlier answers, to what this version asked, are graded anew by the key that is published next.
create table question_regrade (
  question_id     bigint primary key references question on delete cascade,
  from_version_id bigint not null references question_version
);
create index question_regrade_from on question_regrade (from_version_id);
