namespace StudyQuiz.Generation.Normalizing;

/// <summary>Runs of so many characters, as numbers that are equal when the runs are.</summary>
internal static class Grams
{
    // Odd, so that no character is lost from the sum
    private const ulong Base = 0x9E3779B97F4A7C15;

    public static IEnumerable<ulong> Of(string bare, int size)
    {
        ulong sum = 0, top = 1;
        for (var i = 0; i < size; i++) top *= Base;
        for (var i = 0; i < bare.Length; i++)
        {
            sum = sum * Base + Mix(bare[i]);
            if (i >= size) sum -= top * Mix(bare[i - size]);
            if (i >= size - 1) yield return sum;
        }
    }

    private static ulong Mix(char c) => (c + 1UL) * 0xD6E8FEB86659FD93 ^ (c + 1UL) * 0xA5A5A5A5 >> 7;
}
