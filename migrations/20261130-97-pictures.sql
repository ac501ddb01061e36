-- Pictures of questions, by what they are: the same picture is stored once, and never changes under its name.
create table picture (
  hash      bytea primary key check (length(hash) = 32),
  type      text not null check (type in ('image/png', 'image/jpeg', 'image/webp', 'image/gif')),
  width     int not null,
  height    int not null,
  bytes     bytea not null,
  stored_by uuid references account on delete set null,
  stored_at timestamptz not null
);
-- compressed already
alter table picture alter bytes set storage external;
create index picture_stored_by on picture (stored_by) where stored_by is not null;
