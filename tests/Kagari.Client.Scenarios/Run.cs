using System.Globalization;

namespace Kagari.Client.Scenarios;

/// <summary>A run of one scenario: starts the profiler, keeps its profiles, tells facts.</summary>
internal sealed class Run(string folder, CpuSource source) : IProfileSink
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private string _name = "end";
    private int _files;

    /// <summary>The runtime's sampler looks less often: what it is to see lasts longer.</summary>
    public int SlowFactor => source == CpuSource.Sampler ? 5 : 1;

    /// <summary>Starts the profiler. It uploads only when it is told to.</summary>
    public KagariSession Start(ProfileKinds kinds, Action<KagariOptions>? configure = null) =>
        KagariProfiler.Start(o =>
        {
            o.ServiceName = "scenario";
            o.Profiles = kinds;
            o.CpuSource = source;
            if (SlowFactor > 1) o.CpuPeriod /= 2;
            o.UploadInterval = TimeSpan.FromMinutes(10);
            o.OverheadBudget = 1;
            if (Environment.GetEnvironmentVariable("KAGARI_SERVER_ADDRESS") is null) o.Sink = this;
            o.Log = m => Say($"log-{m.Severity}", m.Text);
            o.ExceptionsPerSecondMax = 1_000_000;
            configure?.Invoke(o);
        })!;

    /// <summary>Uploads what was profiled until now, under a name; the next upload is of what follows.</summary>
    public void Upload(KagariSession session, string name)
    {
        _name = name;
        if (!session.Upload(Patience)) throw new TimeoutException("The upload did not end.");
        _name = "end";
    }

    /// <summary>Tells a fact.</summary>
    public static void Say(string name, object value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}={value}"));

    public Task SendAsync(IReadOnlyList<CollectedProfile> profiles, CancellationToken cancellationToken)
    {
        var upload = Path.Combine(folder, _name);
        Directory.CreateDirectory(upload);
        for (var i = 0; i < profiles.Count; i++) File.WriteAllBytes(Path.Combine(upload, $"{_files++}.pb.gz"), profiles[i].Pprof.ToArray());
        return Task.CompletedTask;
    }
}
