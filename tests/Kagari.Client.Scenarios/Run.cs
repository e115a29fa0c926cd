using System.Globalization;

namespace Kagari.Client.Scenarios;

/// <summary>A run of one scenario: starts the profiler, keeps its profiles, tells facts.</summary>
internal sealed class Run(string folder, CpuSource source) : IProfileSink
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private int _uploads;

    /// <summary>Starts the profiler. It uploads only when it is told to.</summary>
    public KagariSession Start(ProfileKinds kinds, Action<KagariOptions>? configure = null) =>
        KagariProfiler.Start(o =>
        {
            o.ServiceName = "scenario";
            o.Profiles = kinds;
            o.CpuSource = source;
            o.UploadInterval = TimeSpan.FromMinutes(10);
            o.OverheadBudget = 1;
            o.Sink = this;
            o.Log = m => Say($"log-{m.Severity}", m.Text);
            configure?.Invoke(o);
        })!;

    /// <summary>Ends what was measured so far: the next upload is of what follows.</summary>
    public static void Upload(KagariSession session)
    {
        if (!session.Upload(Patience)) throw new TimeoutException("The upload did not end.");
    }

    /// <summary>Tells a fact.</summary>
    public static void Say(string name, object value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}={value}"));

    public Task SendAsync(IReadOnlyList<CollectedProfile> profiles, CancellationToken cancellationToken)
    {
        var upload = Path.Combine(folder, (_uploads++).ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(upload);
        for (var i = 0; i < profiles.Count; i++) File.WriteAllBytes(Path.Combine(upload, $"{i}.pb.gz"), profiles[i].Pprof.ToArray());
        return Task.CompletedTask;
    }
}
