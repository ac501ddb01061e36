-- Nothing is told for whoever was switched off or is no host any more: what is finished then is not queued, and what was queued waits (the sender asks the same).
create or replace function queue_webhooks(what text, about uuid, host uuid, moment timestamptz) returns void language sql as $$
  with hooks as (
    select w.id from webhook w join account a on a.id = w.owner_id
    where w.owner_id = host and w.disabled_at is null and what = any(w.events) and a.disabled_at is null and a.erased_at is null
      and exists (select from account_role r where r.account_id = a.id and r.role in ('host', 'editor', 'admin'))),
  event as (
    insert into webhook_event (id, kind, subject, at) select gen_random_uuid(), what, about, moment where exists (select from hooks) returning id)
  insert into webhook_delivery (id, webhook_id, event_id, next_at) select uuidv7(), hooks.id, event.id, moment from hooks, event
$$;
