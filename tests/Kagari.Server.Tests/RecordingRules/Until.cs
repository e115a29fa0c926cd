namespace Kagari.Server.Tests.RecordingRules;

/// <summary>Asks another process again and again, up to a number of questions.</summary>
internal static class Until
{
    private const int QuestionsMax = 1200;

    public static async Task TrueAsync(Func<Task<bool>> question, string what)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var i = 0; i < QuestionsMax; i++)
        {
            if (await question()) return;
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"After {QuestionsMax} questions it is not true that {what}.");
    }
}
