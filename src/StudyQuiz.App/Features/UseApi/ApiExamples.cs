namespace StudyQuiz.App.Features.UseApi;

/// <summary>Bodies as they may be sent, by the name of the operation. The document shows them, and a test sends each.</summary>
internal static class ApiExamples
{
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["SignIn"] = """{"name":"maya","password":"a long password","token":"a script","scopes":["quizzes:read","groups:read"],"days":30}""",
        ["MakeBank"] = """{"text":"The text of the talk, two paragraphs or more.","title":"A talk","slug":"a-talk","seed":1}""",
        ["AddQuestion"] = """{"question":{"type":"single_choice","stem":"Where was the meeting held?","explanation":"The second paragraph says so.","difficulty":1,"options":[{"text":"Hefei","correct":true},{"text":"Nanjing","correct":false}],"evidence":[{"paragraph":"P02","quote":"held in Hefei"}]},"why":"missing"}""",
        ["ChangeQuestion"] = """{"question":{"type":"true_false","stem":"The meeting was held in Hefei.","explanation":"The second paragraph says so.","difficulty":1,"answer":true,"evidence":[{"paragraph":"P02","quote":"held in Hefei"}]},"why":"a typo","meaningChanged":false,"regrade":false}""",
        ["SetQuestionStatus"] = """{"status":"published"}""",
        ["ChangeQuestions"] = """{"change":"tag","value":"unit 3","questions":[1,2]}""",
        ["SettleProposal"] = """{"act":"return","words":"The year is 2020."}""",
        ["WithdrawQuestion"] = """{"reason":"Two options are right."}""",
        ["ScheduleQuestion"] = """{"at":"2027-03-01T08:00:00Z"}""",
        ["AssignReviewer"] = """{"account":null}""",
        ["AddComment"] = """{"words":"Is the date right?"}""",
        ["ResolveComment"] = """{"resolved":true}""",
        ["MakeQuiz"] = """{"title":"A quiz","banks":["a-talk"],"shape":"quiz","questions":10}""",
        ["ChangeQuiz"] = """{"title":"A quiz","sections":[{"id":1,"type":null,"number":8,"points":1},{"id":0,"type":"true_false","number":2,"points":2,"blueprint":{"easy":1,"keyPoints":[]}}],"rules":{"minutes":20,"passMark":6,"partialCredit":true,"drawnPerAttempt":false,"from":null,"until":"2027-03-01T08:00:00Z","attempts":1,"counts":"best","answers":"afterWindow","names":"nameAndUnit","board":true}}""",
        ["CopyQuiz"] = """{"anew":true}""",
        ["AddItem"] = """{"poll":{"title":"How was it?","options":["Good","So-so"]}}""",
        ["ChangeItem"] = """{"slide":{"title":"A break","text":"Five minutes"}}""",
        ["MoveItem"] = """{"act":"up"}""",
        ["AssignQuiz"] = """{"group":null}""",
        ["BeginAttempt"] = """{"bank":"a-talk","mode":"practice","questions":10}""",
        ["TakeAssignment"] = """{"secret":"the last part of its link","name":"Maya","unit":"Class 2"}""",
        ["SaveAnswer"] = """{"options":[0]}""",
        ["ReviewCards"] = """{"reviews":[{"id":"0193a1b2-0000-7000-8000-000000000001","version":1,"at":"2026-12-01T08:00:00Z","rating":3,"tookMs":4200}]}""",
        ["AppealVerdict"] = """{"words":"The text says both."}""",
        ["RuleOnAppeal"] = """{"ruling":"counts","reason":"It does."}""",
        ["OpenGame"] = """{"bank":"a-talk","questions":10,"options":{"lateJoin":true,"scoring":"speed"}}""",
        ["MakeGroup"] = """{"name":"Class 2","parent":null}""",
        ["ChangeGroup"] = """{"name":"Class 2B","parent":null,"archived":false}""",
        ["AddRoster"] = """{"text":"name,number,unit\nMaya,203,Class 2","preview":true}""",
        ["SetRoles"] = """{"roles":["learner","host"]}""",
        ["SwitchPerson"] = """{"off":true}""",
        ["GiveExtraTime"] = """{"extraTime":1.5}""",
        ["MakeInvitation"] = """{"roles":["learner"],"group":null,"uses":50,"days":7}""",
        ["MakeWebhook"] = """{"url":"https://example.org/hook","events":["attempt.finished","game.finished"]}""",
    };

    /// <summary>Null where an operation has no body, or one of bytes.</summary>
    public static string? Of(string? operation) => operation is null ? null : Bodies.GetValueOrDefault(operation);
}
