-- Webhooks: a host's address that is told when an assigned quiz is handed in or a game ends.
create table webhook (
  id          uuid primary key,
  owner_id    uuid not null references account on delete cascade,
  url         text not null check (length(url) <= 2000),
  events      text[] not null,
  -- as the key ring protects it; it is shown once, when it is made
  secret      text not null,
  created_at  timestamptz not null,
  -- nothing is sent; what is queued waits
  disabled_at timestamptz
);
create index webhook_owner on webhook (owner_id, created_at desc);

-- The outbox. A row is written by the transaction that finishes something, whichever code that is: what is not finished is told to nobody, and
-- what is finished is told at least once.
create table webhook_event (
  id      uuid primary key,
  kind    text not null,
  subject uuid not null,
  at      timestamptz not null
);

create table webhook_delivery (
  id           uuid primary key,
  webhook_id   uuid not null references webhook on delete cascade,
  event_id     uuid not null references webhook_event on delete cascade,
  -- made at the first try: each try sends the same bytes
  body         text,
  tries        int not null default 0,
  -- when it is sent, or sent again; null where it was taken or given up
  next_at      timestamptz,
  delivered_at timestamptz
);
create index webhook_delivery_due on webhook_delivery (next_at) where next_at is not null;
create index webhook_delivery_log on webhook_delivery (webhook_id, id);
create index webhook_delivery_event on webhook_delivery (event_id);

create table webhook_try (
  delivery_id uuid not null references webhook_delivery on delete cascade,
  number      int not null,
  at          timestamptz not null,
  took_ms     int not null,
  -- what it answered; null where it did not
  status      int,
  -- the name of what went wrong before that
  trouble     text,
  primary key (delivery_id, number)
);

create function queue_webhooks(what text, about uuid, host uuid, moment timestamptz) returns void language sql as $$
  with hooks as (
    select id from webhook where owner_id = host and disabled_at is null and what = any(events)),
  event as (
    insert into webhook_event (id, kind, subject, at) select gen_random_uuid(), what, about, moment where exists (select from hooks) returning id)
  insert into webhook_delivery (id, webhook_id, event_id, next_at) select uuidv7(), hooks.id, event.id, moment from hooks, event
$$;

create function attempt_finished() returns trigger language plpgsql as $$
begin
  perform queue_webhooks('attempt.finished', new.id, m.host_id, new.submitted_at) from assignment m where m.id = new.assignment_id;
  return null;
end $$;
create trigger attempt_finished after update of submitted_at on attempt
  for each row when (old.submitted_at is null and new.submitted_at is not null and new.assignment_id is not null) execute function attempt_finished();

create function game_finished() returns trigger language plpgsql as $$
begin
  perform queue_webhooks('game.finished', new.id, new.host_id, new.ended_at);
  return null;
end $$;
create trigger game_finished after update of ended_at on game
  for each row when (old.ended_at is null and new.ended_at is not null) execute function game_finished();
