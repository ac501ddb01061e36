-- More one-use capability links: a new password for an account, and a learner's history for another browser. These end by themselves.
alter table capability_link drop constraint capability_link_purpose_check;
alter table capability_link add constraint capability_link_purpose_check check (purpose in ('first_admin', 'password_reset', 'handover'));
alter table capability_link add account_id uuid references account on delete cascade;
alter table capability_link add learner_id uuid references learner on delete cascade;
alter table capability_link add expires_at timestamptz;
-- what a person types in place of the link, of a handover
alter table capability_link add code_hash bytea unique;
alter table capability_link add constraint capability_link_of check (
  case purpose
    when 'password_reset' then account_id is not null and expires_at is not null
    when 'handover' then learner_id is not null and expires_at is not null
    else account_id is null and learner_id is null
  end);
create index capability_link_account on capability_link (account_id) where account_id is not null;
create index capability_link_learner on capability_link (learner_id) where learner_id is not null;
create index capability_link_expired on capability_link (expires_at) where expires_at is not null;
