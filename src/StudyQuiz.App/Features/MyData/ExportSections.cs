namespace StudyQuiz.App.Features.MyData;

/// <summary>A table of an export: its name and the statement that fills it for <c>@learner</c> and <c>@account</c>, either of which may be null.</summary>
internal sealed record ExportSection(string Name, string Sql);

/// <summary>All that is kept about one person. A test asks of every table that refers to a learner or an account whether it is here.</summary>
internal static class ExportSections
{
    public static IReadOnlyList<ExportSection> All { get; } =
    [
        new("account", "select user_name, created_at, password_hash is not null as has_password from account where id = @account"),
        new("roles", "select role from account_role where account_id = @account order by role"),
        new("passkeys", "select name, created_at, used_at from account_passkey where account_id = @account order by created_at"),
        new("sessions", "select browser, begun_at, seen_at, ended_at from account_session where account_id = @account order by begun_at"),
        new("tokens", "select name, to_jsonb(scopes) as scopes, created_at, expires_at, last_used_at, revoked_at from api_token where account_id = @account order by created_at, id"),
        new("webhooks", "select url, to_jsonb(events) as events, created_at, disabled_at from webhook where owner_id = @account order by created_at, id"),
        new("other_sign_ins", "select issuer, subject, added_at from account_login where account_id = @account order by added_at"),
        new("groups", "select g.name, m.name as name_on_list, m.code, m.added_at from group_member m join people_group g on g.id = m.group_id where m.account_id = @account order by m.added_at, m.id"),
        new("groups_kept", "select name, created_at, archived_at from people_group where owner_id = @account order by created_at, id"),
        new("invitations_followed", "select to_jsonb(i.roles) as roles, u.used_at from invitation_use u join invitation i on i.id = u.invitation_id where u.account_id = @account order by u.used_at"),
        new("invitations_made", "select to_jsonb(roles) as roles, created_at, expires_at, revoked_at from invitation where created_by = @account order by created_at, id"),
        new("learner", "select id, time_zone, rollover_hour, rating_buttons, notebook_days, extra_time, created_at from learner where id = @learner"),
        new("devices", "select created_at from learner_device where learner_id = @learner order by created_at"),
        new(
            "attempts",
            """
            select a.id, s.slug as source, a.mode, a.selection, a.seed, a.started_at, a.deadline, a.submitted_at, a.extra_time, a.pass_mark, m.title as assignment, a.taker_name, a.taker_unit
            from attempt a join source s on s.id = a.source_id left join assignment m on m.id = a.assignment_id where a.learner_id = @learner order by a.started_at, a.id
            """),
        new(
            "attempt_answers",
            """
            select q.attempt_id, q.position, s.slug as source, n.slug as question, v.version, v.body->>'stem' as stem, w.answer, q.credit, q.outcome, q.points, w.received_at
            from attempt a
            join attempt_question q on q.attempt_id = a.id
            join question_version v on v.id = q.question_version_id
            join question n on n.id = v.question_id
            join source s on s.id = n.source_id
            left join attempt_answer w on w.attempt_id = q.attempt_id and w.position = q.position
            where a.learner_id = @learner order by a.started_at, a.id, q.position
            """),
        new(
            "late_answers",
            """
            select a.id as attempt_id, l.position, l.answer, l.received_at
            from attempt a join late_answer l on l.attempt_id = a.id where a.learner_id = @learner order by a.started_at, a.id, l.position
            """),
        new(
            "appeals",
            """
            select p.attempt_id, p.position, v.version, p.words, p.appealed_at, p.state, p.reason, p.decided_at
            from attempt a join appeal p on p.attempt_id = a.id join question_version v on v.id = p.question_version_id
            where a.learner_id = @learner order by p.appealed_at, p.id
            """),
        new(
            "regraded_answers",
            """
            select r.attempt_id, r.position, r.credit_before, r.outcome_before, r.credit_after, r.outcome_after, r.why, r.regraded_at
            from attempt a join regrade r on r.attempt_id = a.id where a.learner_id = @learner order by r.regraded_at, r.id
            """),
        new(
            "reviews",
            """
            select r.client_id as id, s.slug as source, q.slug as question, r.fork, v.version, r.kind, r.rating, r.origin, r.reviewed_at, r.received_at, r.day, r.took_ms, r.replaces
            from review r
            join question_version v on v.id = r.question_version_id
            join question q on q.id = r.question_id
            join source s on s.id = q.source_id
            where r.learner_id = @learner order by r.reviewed_at, r.client_id
            """),
        new(
            "cards",
            """
            select s.slug as source, q.slug as question, c.fork, c.model, c.phase, c.stability, c.difficulty, c.step, c.scheduled_days, c.due_at, c.due_day, c.last_at, c.first_day,
              c.reviews, c.lapses, c.planned_day
            from card c join question q on q.id = c.question_id join source s on s.id = q.source_id where c.learner_id = @learner order by s.slug, q.slug, c.fork
            """),
        new(
            "decks",
            """
            select s.slug as source, d.new_per_day, d.reviews_per_day, d.retention, d.maximum_interval, d.exam_day, d.new_lifted_until, d.catch_up_by,
              to_jsonb(d.key_points) as key_points, to_jsonb(d.types) as types, to_jsonb(d.tags) as tags
            from deck d join source s on s.id = d.source_id where d.learner_id = @learner order by s.slug
            """),
        new("fitted_weights", "select model, to_jsonb(weights) as weights, fitted_at, reviews, log_loss_before, log_loss_after from learner_weights where learner_id = @learner order by model"),
        new(
            "marks_and_notes",
            """
            select s.slug as source, q.slug as question, m.favourite, m.suspended, m.buried_day, m.note
            from question_mark m join question q on q.id = m.question_id join source s on s.id = q.source_id where m.learner_id = @learner order by s.slug, q.slug
            """),
        new(
            "flags",
            """
            select s.slug as source, q.slug as question, v.version, f.reason, f.words, f.flagged_at
            from question_flag f join question_version v on v.id = f.question_version_id join question q on q.id = f.question_id join source s on s.id = q.source_id
            where f.learner_id = @learner order by f.flagged_at, f.client_id
            """),
        new(
            "notebook",
            """
            select s.slug as source, q.slug as question, m.fork, m.act, m.marked_at, m.day
            from notebook_mark m join question q on q.id = m.question_id join source s on s.id = q.source_id where m.learner_id = @learner order by s.slug, q.slug
            """),
        new(
            "seats_in_games",
            """
            select g.id as game, g.title, s.seat, s.nickname, s.unit, s.code, s.joined_at, g.ended_at
            from game_seat s join game g on g.id = s.game_id where s.learner_id = @learner order by s.joined_at, g.id
            """),
        new(
            "answers_in_games",
            """
            select a.game_id as game, a.round, q.slug as question, v.version, v.body->>'stem' as stem, a.answer, a.received_at
            from game_seat s
            join game_answer a on a.game_id = s.game_id and a.seat = s.seat
            join game_round r on r.game_id = a.game_id and r.round = a.round
            join question_version v on v.id = r.question_version_id
            join question q on q.id = v.question_id
            where s.learner_id = @learner order by s.joined_at, a.game_id, a.round
            """),
        new("games_hosted", "select id, title, created_at, ended_at from game where host_id = @account order by created_at"),
        new("game_templates", "select name, choices, saved_at from game_template where host_id = @account order by name"),
        new("quizzes", "select id, title, plan, created_at, changed_at from quiz where owner_id = @account and deleted_at is null order by created_at"),
        new("assignments", "select id, title, plan, opened_at, closed_at from assignment where host_id = @account order by opened_at"),
        new("banks_made", "select s.slug as source, g.made_at from generation g join source s on s.id = g.source_id where g.made_by = @account order by g.made_at"),
        new(
            "questions_edited",
            """
            select s.slug as source, q.slug as question, v.version, v.reason, v.created_at
            from question_version v join question q on q.id = v.question_id join source s on s.id = q.source_id where v.created_by = @account order by v.created_at, v.id
            """),
        new("questions_in_writing", "select s.slug as source, q.slug as question, d.fields, d.kept_at from question_draft d join source s on s.id = d.source_id left join question q on q.id = d.question_id where d.account_id = @account and d.closed_at is null order by d.kept_at, d.id"),
        new(
            "questions_reviewed",
            """
            select s.slug as source, q.slug as question, c.words, c.written_at as at from question_comment c join question q on q.id = c.question_id join source s on s.id = q.source_id where c.author = @account
            union all
            select s.slug, q.slug, w.reason, w.waived_at from question_waiver w join question q on q.id = w.question_id join source s on s.id = q.source_id where w.waived_by = @account
            union all
            select s.slug, q.slug, w.reason, w.withdrawn_at from withdrawal w join question q on q.id = w.question_id join source s on s.id = q.source_id where w.withdrawn_by = @account
            order by at
            """),
        new("changes_sent_back", "select s.slug as source, q.slug as question, p.returned_for, p.returned_at from question_proposal p join question q on q.id = p.question_id join source s on s.id = q.source_id where p.returned_by = @account order by p.returned_at"),
        new("changes_agreed_to", "select s.slug as source, q.slug as question, v.version, p.approved_at from question_approval p join question_version v on v.id = p.version_id join question q on q.id = v.question_id join source s on s.id = q.source_id where p.account_id = @account order by p.approved_at, v.id"),
        new("texts_given", "select s.slug as source, v.version, v.created_at from source_version v join source s on s.id = v.source_id where v.made_by = @account order by v.created_at, v.id"),
        new("topics", "select title, created_at from topic where created_by = @account order by created_at"),
        new("bulk_changes", "select s.slug as source, b.kind, b.value, b.made_at, b.undone_at from bulk_change b join source s on s.id = b.source_id where b.made_by = @account order by b.made_at"),
        new("pictures", "select encode(hash, 'hex') as name, type, width, height, stored_at from picture where stored_by = @account order by stored_at"),
        new("decisions", "select act, object, details, at from audit where actor = @account order by at, id"),
    ];
}
