-- Browsers in which an account is signed in.
create table account_session (
  id         uuid primary key,
  account_id uuid not null references account on delete cascade,
  -- of the account when it signed in: one that has another now ended all of these
  stamp      text not null,
  -- what the browser calls itself
  browser    text not null check (length(browser) <= 300),
  begun_at   timestamptz not null,
  seen_at    timestamptz not null,
  -- when it was ended, here or from another browser
  ended_at   timestamptz
);
create index account_session_account on account_session (account_id, seen_at desc);
