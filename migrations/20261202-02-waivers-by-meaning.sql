-- Why a question may do without evidence is said of one meaning: another meaning asks anew.
alter table question_waiver add fork int;
update question_waiver w set fork = v.fork from question q join question_version v on v.id = q.current_version_id where q.id = w.question_id;
alter table question_waiver alter fork set not null, drop constraint question_waiver_pkey, add primary key (question_id, fork);
