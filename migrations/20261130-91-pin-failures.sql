-- Look-ups of PINs that failed, by network, counted by all app hosts together. After a crash the count may begin anew.
create unlogged table pin_failure (
  network  text primary key,
  since    timestamptz not null,
  failures int not null
);
create index pin_failure_since on pin_failure (since);
