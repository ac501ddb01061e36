-- On which study days a card came back and was recalled, or was not, is kept with the card as a fold of its reviews: the page about a
-- learner's progress counts days in place of folding the log at every look. learner.notebook_rules says whether all cards have it.
alter table card
  add recalled_days  date[] not null default '{}',
  add forgotten_days date[] not null default '{}';
