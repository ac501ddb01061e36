-- Passkeys: a public key that a device holds the other half of. What ASP.NET Core Identity knows of one is kept as it is.
create table account_passkey (
  credential_id bytea primary key,
  account_id    uuid not null references account on delete cascade,
  name          text,
  passkey       jsonb not null,
  created_at    timestamptz not null,
  used_at       timestamptz
);
create index account_passkey_account on account_passkey (account_id);
