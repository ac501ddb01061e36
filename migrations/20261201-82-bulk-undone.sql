-- Of how many questions a change of many was taken back; what had been changed again since, or may not be what it was, stayed.
alter table bulk_change add column undone int;
