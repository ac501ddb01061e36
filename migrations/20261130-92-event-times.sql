-- When an event was stored, by the clock that also says when a seat was taken: a report tells by it who came after a question had closed.
alter table game_event add column stored_at timestamptz not null default now();
