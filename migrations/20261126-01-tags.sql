-- Editors' tags on questions, and decks of some tags only.

create table question_tag (
  question_id bigint not null references question on delete cascade,
  tag         text not null check (length(tag) between 1 and 40),
  primary key (question_id, tag)
);

-- null for all questions, tagged or not
alter table deck add tags text[];
