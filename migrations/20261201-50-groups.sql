-- Groups (单位, 部门, 班级) as a tree, the people on their lists, invitations, accounts that are switched off or sign in elsewhere.

create table people_group (
  -- made by the form, so that sending it twice makes one
  id          uuid primary key,
  parent_id   uuid references people_group,
  -- the host who keeps it; of all groups below it too
  owner_id    uuid not null references account,
  name        text not null check (length(name) between 1 and 60),
  -- raised by every change; a change names the one that it was made from
  version     int not null default 1,
  created_at  timestamptz not null,
  archived_at timestamptz
);
create index people_group_parent on people_group (parent_id);
create unique index people_group_name on people_group (owner_id, parent_id, lower(name)) nulls not distinct where archived_at is null;

-- Somebody on a list. Whoever came by an invitation has an account; nobody else needs one.
create table group_member (
  id         uuid primary key,
  group_id   uuid not null references people_group on delete cascade,
  name       text not null check (length(name) between 1 and 100),
  code       text check (length(code) between 1 and 100),
  account_id uuid references account on delete set null,
  added_at   timestamptz not null
);
create index group_member_group on group_member (group_id, name, id);
create unique index group_member_account on group_member (account_id, group_id) where account_id is not null;

-- A link that gives whoever follows it with an account roles and a place in a group. Only the hash of the secret is kept.
create table invitation (
  id          uuid primary key,
  secret_hash bytea not null unique,
  roles       text[] not null,
  group_id    uuid references people_group on delete cascade,
  uses_left   int not null check (uses_left >= 0),
  expires_at  timestamptz not null,
  created_by  uuid not null references account,
  created_at  timestamptz not null,
  revoked_at  timestamptz
);
create index invitation_created_by on invitation (created_by, created_at desc);
create index invitation_group on invitation (group_id) where group_id is not null;

create table invitation_use (
  invitation_id uuid not null references invitation on delete cascade,
  account_id    uuid not null references account on delete cascade,
  used_at       timestamptz not null,
  primary key (invitation_id, account_id)
);
create index invitation_use_account on invitation_use (account_id);

-- Nobody signs in to it; its sessions and tokens are void.
alter table account add disabled_at timestamptz;

-- Who signs in with another service (OpenID Connect): the issuer's name for them, never their address.
create table account_login (
  issuer     text not null,
  subject    text not null,
  account_id uuid not null references account on delete cascade,
  added_at   timestamptz not null,
  primary key (issuer, subject)
);
create index account_login_account on account_login (account_id);

-- For whom it was opened: who of them was absent is known afterwards.
alter table game add group_id uuid references people_group on delete set null;
alter table assignment add group_id uuid references people_group on delete set null;
alter table attempt add member_id uuid references group_member on delete set null;
create index game_group on game (group_id, created_at desc) where group_id is not null;
create index assignment_group on assignment (group_id, opened_at desc) where group_id is not null;
create index attempt_member on attempt (member_id) where member_id is not null;
alter table game_roster add member_id uuid references group_member on delete set null;
create index game_roster_member on game_roster (member_id) where member_id is not null;
