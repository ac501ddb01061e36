-- How a bank was made from a text in the web page, for the person who goes through its drafts. A later generation is a further row.
create table generation (
  -- made by the form, so that sending it twice makes one bank
  id        uuid primary key,
  source_id bigint not null references source on delete cascade,
  made_at   timestamptz not null,
  made_by   uuid references account on delete set null,
  seed      bigint not null,
  -- what the review reads for every question; the report has it all and may hold megabytes
  summary   jsonb not null,
  report    jsonb not null
);
create index generation_source on generation (source_id, made_at desc);
create index generation_made_by on generation (made_by);

-- A review goes through a bank in its order.
create index question_in_order on question (source_id, id) include (status);
