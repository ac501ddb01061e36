using CsCheck;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Tests.Banks;

public sealed class HostileFileTests
{
    // Whatever a file holds: a bank or errors, never a fault
    [Fact]
    public void A_damaged_file_gives_errors_or_a_bank()
    {
        var damage = Gen.Select(Gen.Int[0, Sample.Yaml.Length - 1], Gen.Int[0, 20], Gen.Char["\0\t\n :#-?[]{}&*!|>'\"%@`\\,"].Array[0, 6]);
        damage.Array[1, 4].Sample(changes =>
        {
            var yaml = Sample.Yaml;
            foreach (var (at, length, text) in changes)
            {
                var from = Math.Min(at, yaml.Length);
                yaml = yaml.Remove(from, Math.Min(length, yaml.Length - from)).Insert(from, new string(text));
            }

            var reading = BankFile.Read(yaml);
            return reading.Bank is null == reading.Errors.Count > 0;
        }, iter: 3_000);
    }

    [Fact]
    public void Random_punctuation_gives_errors()
    {
        Gen.Char["ab1 \n\t:#-?[]{}&*!|>'\"%@`\\,.~\0\uFEFF"].Array[0, 40].Sample(
            text => BankFile.Read(new string(text)) is { Bank: null, Errors.Count: > 0 }, iter: 20_000);
    }
}
