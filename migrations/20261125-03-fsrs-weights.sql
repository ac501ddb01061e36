-- Weights of the scheduling model that were fitted to a learner's own reviews; without a row the defaults hold.
create table learner_weights (
  learner_id      uuid not null references learner on delete cascade,
  model           text not null,
  weights         float8[] not null check (model <> 'FSRS-6' or cardinality(weights) = 21),
  fitted_at       timestamptz not null,
  -- how many reviews could be predicted
  reviews         int not null,
  -- mean log loss on the latest fifth of them, of the weights that were there before and of these
  log_loss_before float8 not null,
  log_loss_after  float8 not null,
  primary key (learner_id, model)
);
