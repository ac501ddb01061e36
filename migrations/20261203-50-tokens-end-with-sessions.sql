-- A new stamp ends every session of an account: signing out everywhere, a new password, being switched off. Whoever does that because somebody else got in
-- means the programs too, so tokens that were good end with it, whatever statement wrote the stamp.
create function end_tokens_with_sessions() returns trigger language plpgsql as $$
begin
  update api_token set revoked_at = now() where account_id = new.id and revoked_at is null;
  return null;
end $$;

create trigger account_ends_tokens after update of security_stamp on account
  for each row when (old.security_stamp is distinct from new.security_stamp) execute function end_tokens_with_sessions();
