-- How many questions a bank has, by key point and status: the home of a bank and the list of banks add these up and count nothing.

-- What came and went: a statement that changes the listing adds rows of what it changed and touches none that is there. So writers never
-- wait for each other here, whatever the order they change things in, and none is lost. The sum is what there is; RefreshStatistics makes one row of many.
create table question_tally (
  id           bigint generated always as identity primary key,
  -- no foreign keys: what a deleted bank leaves adds up to nothing
  source_id    bigint not null,
  key_point_id bigint not null,
  status       text not null,
  questions    int not null,
  -- those that need a look
  concern      int not null
);
create index question_tally_source on question_tally (source_id);

create function question_is_tallied() returns trigger language plpgsql as '
begin
  -- a statement that inserts has no table of what was before, one that deletes none of what is
  if tg_op = ''INSERT'' then
    insert into question_tally (source_id, key_point_id, status, questions, concern)
    select source_id, key_point_id, status, count(*), count(*) filter (where concern > 0) from changed group by source_id, key_point_id, status;
  elsif tg_op = ''DELETE'' then
    insert into question_tally (source_id, key_point_id, status, questions, concern)
    select source_id, key_point_id, status, -count(*), -count(*) filter (where concern > 0) from before group by source_id, key_point_id, status;
  else
    insert into question_tally (source_id, key_point_id, status, questions, concern)
    select source_id, key_point_id, status, sum(one), sum(looked_at)
    from (
      select source_id, key_point_id, status, 1, (concern > 0)::int from changed
      union all
      select source_id, key_point_id, status, -1, -(concern > 0)::int from before) d (source_id, key_point_id, status, one, looked_at)
    group by source_id, key_point_id, status having sum(one) <> 0 or sum(looked_at) <> 0;
  end if;
  return null;
end';
create trigger question_is_tallied after insert on question_listing referencing new table as changed for each statement execute function question_is_tallied();
create trigger question_is_tallied_anew after update on question_listing referencing old table as before new table as changed for each statement execute function question_is_tallied();
create trigger question_is_tallied_no_more after delete on question_listing referencing old table as before for each statement execute function question_is_tallied();

-- nobody writes to the listing before this ends: its triggers are new
insert into question_tally (source_id, key_point_id, status, questions, concern)
select source_id, key_point_id, status, count(*), count(*) filter (where concern > 0) from question_listing group by source_id, key_point_id, status;

-- What narrows a list much is counted from an index, so that few rows are fetched and sorted and no order is walked to its end for them.
create index question_listing_author on question_listing (source_id, author, changed_at desc, question_id desc) include (status);
create index question_listing_status on question_listing (source_id, status, question_id);
create index question_listing_type on question_listing (source_id, type, question_id) include (status);
create index question_listing_bare on question_listing (source_id, question_id) include (status) where not has_evidence;
create index question_listing_flags on question_listing using gin (flags) with (fastupdate = off) where flags <> '{}';
