-- What a host chooses when opening a game, as one document: see GameOptions. The two columns before it are not read any more; a version
-- that still writes them writes what the document's defaults say.
alter table game add column options jsonb not null default '{}';
update game set options = jsonb_build_object('seatCap', seat_cap, 'lateJoin', late_join);
alter table game alter column seat_cap set default 5000;
alter table game alter column late_join set default true;
