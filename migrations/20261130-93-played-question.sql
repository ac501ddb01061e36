-- A round's question as its answers are graded afterwards: the host's own correction stands, and answers that editors have accepted since count beside it.
create function played_question(corrected jsonb, amended jsonb, asked jsonb) returns jsonb language sql immutable parallel safe
return case
  when corrected is null then coalesce(amended, asked)
  when amended ? 'alsoCounts' then corrected || jsonb_build_object('alsoCounts', amended -> 'alsoCounts')
  else corrected
end;

-- Failed PINs of a network as a bucket that runs empty one a second: until when what has failed is outweighed.
drop table pin_failure;
create unlogged table pin_failure (
  network      text primary key,
  spent_until  timestamptz not null
);
create index pin_failure_spent on pin_failure (spent_until);
