using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Normalizing;

/// <summary>A language without patterns is named, and of it only what digits tell is asked.</summary>
public sealed class LanguageTests
{
    private const string French = "Je suis heureux de vous accueillir à l'inauguration de la nouvelle école de musique. Nous avons rénové l'ancien moulin, qui était fermé depuis 1987. L'an prochain, nous ouvrirons une salle de concert de 250 places et un studio pour les enfants de la commune.";
    private const string Russian = "Сегодня мы открываем новую библиотеку. Мы купили 12000 книг и журналов для детей. Читальный зал будет\nработать до 22 часов.";
    private const string Japanese = "私たちの町は、三つの村が合併して誕生しました。保育所の定員を120人から180人に増やし、待機児童をなくします。避難所を15か所整備し、食料を備蓄します。";
    private const string German = "Heute eröffnen wir die neue Bibliothek, und ich danke allen, die mit uns an der Planung gearbeitet haben. Der Lesesaal ist 240 Quadratmeter groß. Wir haben 12000 Bücher gekauft, und es werden noch mehr.";

    [Theory]
    [InlineData(French, "fr")]
    [InlineData(Russian, "ru")]
    [InlineData(Japanese, "ja")]
    [InlineData(German, "de")]
    [InlineData("Heute the lamp is lit. The keeper of the lighthouse said that the old boat had been lost in the storm of 1968.", "en")]
    [InlineData("The café on the pier serves crème brûlée to the keepers of the lighthouse, who have walked all night.", "en")]
    [InlineData("老师傅教我们唱一首日本的歌，叫《さくら》，还有一首俄罗斯的歌，叫《Катюша》。", "zh-CN")]
    [InlineData("山路12公里。", "zh-CN")]
    [InlineData("12 000", "zh-CN")]
    public void A_language_is_told_by_its_letters_and_its_words_of_grammar(string text, string language) => Assert.Equal(language, Normalizer.Clean(text).Language);

    [Theory]
    [InlineData(French)]
    [InlineData(Russian)]
    [InlineData(Japanese)]
    public void Only_numbers_are_asked_about(string text)
    {
        var drafted = Generator.Draft(Normalizer.Clean(text), new GenerationSettings("sample", "sources/sample.txt", "00", 1));
        Assert.NotEmpty(drafted.Candidates);
        Assert.All(drafted.Facts, fact => Assert.Equal(TermRole.Number, Assert.IsType<TermFact>(fact).Role));
        Assert.All(drafted.Candidates.Select(candidate => candidate.Question.Body).OfType<SingleChoice>(), single => Assert.StartsWith("Complete the text", single.Stem, StringComparison.Ordinal));
    }

    [Fact]
    public void Words_of_other_alphabets_are_joined_with_a_space() => Assert.EndsWith("будет работать до 22 часов.", Assert.Single(Normalizer.Clean(Russian).Paragraphs).Text, StringComparison.Ordinal);
}
