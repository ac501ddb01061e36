-- What was done without an account and not touched for long loses its tie to a browser; what it says about questions stays.
-- When a browser was here last, to the day.
alter table learner_device add seen_at timestamptz not null default now();
create index learner_device_seen on learner_device (seen_at);
alter table learner add anonymised_at timestamptz;
