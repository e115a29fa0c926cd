namespace Kagari.Simulation;

/// <summary>The whole of one seed: real ingester, catalogue and queries over a simulated disk, clock and network.</summary>
/// <remarks>
/// One thread does everything. Operations come from <see cref="OperationTable"/> by chance; the model beside knows of
/// each push whether it was acknowledged, and every answer is compared with it. docs/internals/simulation.md explains.
/// </remarks>
internal sealed partial class World
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    private readonly WorldParts _parts;
    private readonly List<(ModelPush Push, Task Done)> _attempts = [];
    private long _failuresExcused;
    private bool _groupIsPoisoned;

    private World(WorldOptions options, WorldParts parts)
    {
        Options = options;
        _parts = parts;
        Random = new Random(unchecked(options.Seed * 31 + 7));
        Clock = new SimulatedClock(Start);
        // Chances of their own, so that a broken disk does not change what clients do.
        Disk = new SimulatedDisk(new Random(unchecked(options.Seed * 31 + 11)), Clock) { PageBytes = options.PageBytes, Lies = parts.DiskLies };
        Network = new SimulatedNetwork(new Random(unchecked(options.Seed * 31 + 13)), options.NetworkTroublePercent);
        Generator = new PushGenerator(Random, options, Model);
    }

    public WorldOptions Options { get; }

    public Random Random { get; }

    public SimulatedClock Clock { get; }

    public SimulatedDisk Disk { get; }

    public SimulatedNetwork Network { get; }

    public ReferenceModel Model { get; } = new();

    /// <summary>How it dies; null = by chance.</summary>
    public CrashKind? CrashesBy { get; set; }

    public PushGenerator Generator { get; }

    public Trace Trace { get; } = new();

    public IEnumerable<string> Tenants => Enumerable.Range(0, Options.TenantCount).Select(t => $"t{t}");

    /// <summary>Pushes that wait for the next flush.</summary>
    public int WaitingCount => _attempts.Count;

    /// <summary>Runs the world of a seed to its end: operations by chance, or a script.</summary>
    /// <exception cref="SimulationFailureException">An invariant is broken.</exception>
    public static async Task<World> RunAsync(WorldOptions options, WorldParts? parts = null, Func<World, Task>? script = null)
    {
        var world = new World(options, parts ?? new WorldParts());
        try
        {
            await world.RunAsync(script ?? PickAsync);
        }
        catch (Exception e)
        {
            throw new SimulationFailureException(
                $"Seed {options.Seed}: {(e is SimulationFailureException ? e.Message : e.ToString())}\n"
                + $"Replay: KAGARI_SIM_SEED={options.Seed}{(options.CrashAtStep is { } step ? $" with CrashAtStep = {step}" : "")}\nThe last that happened:\n{world.Trace.Tail(40)}", e);
        }
        return world;
    }

    /// <summary>Ends the world with a broken invariant.</summary>
    public static void Fail(string what) => throw new SimulationFailureException(what);

    /// <summary>Hands a push to the ingester; it is acknowledged by a later flush.</summary>
    public string Deliver(ModelPush push)
    {
        var (wasDelivered, settlement) = (push.WasDelivered, push.Settlement);
        // Before the call: one that dies in the middle is in doubt too.
        push.WasDelivered = true;
        if (push.Settlement == Settlement.Gone) push.Settlement = Settlement.Open;
        try
        {
            var done = Ingester.Append(
                push.Tenant, push.Service, PushGenerator.ToProfile(push), PushGenerator.ToRows(push), push.Identity.TimeNanos, push.Identity.ContentHash, out var counts);
            _attempts.Add((push, done));
            return $"{push} delivered, {counts.Cells} cells";
        }
        catch (Storage.IngesterOverloadedException) when (Options.PendingBytesMax < 1 << 20)
        {
            (push.WasDelivered, push.Settlement) = (wasDelivered, settlement);
            return $"{push} refused: too much waits";
        }
    }

    /// <summary>
    /// A push that throws in the middle (a bug of ours, if it happens) takes with it what waits in its dataset: the
    /// group is told that it failed, and rightly so.
    /// </summary>
    public string DeliverBroken(ModelPush push)
    {
        var rows = PushGenerator.ToRows(push);
        rows[^1] = rows[^1] with { Samples = rows[^1].Samples.ToArray().Append(push.Samples.Count + 7).ToArray() };
        try
        {
            _ = Ingester.Append(push.Tenant, push.Service, PushGenerator.ToProfile(push), rows, push.Identity.TimeNanos, push.Identity.ContentHash, out _);
        }
        catch (Storage.IngesterOverloadedException) when (Options.PendingBytesMax < 1 << 20)
        {
            return $"{push} refused: too much waits";
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException)
        {
            _groupIsPoisoned |= _attempts.Exists(a => !a.Done.IsCompleted && a.Push.Tenant == push.Tenant && a.Push.Service == push.Service);
            return $"{push} thrown out: {e.GetType().Name}";
        }
        Fail($"{push} has a sample that does not exist and was taken.");
        return "";
    }

    private static async Task PickAsync(World world)
    {
        for (var i = 0; i < world.Options.OperationCount; i++) await world.RunAsync(OperationTable.Pick(world), i);
    }

    private async Task RunAsync(Func<World, Task> script)
    {
        if (Options.CrashAtStep is { } step) Disk.CrashIn(step);
        Trace.Add($"{Options}");
        await StartAsync();
        await script(this);
        await FinishAsync();
        Trace.Add($"end: {Disk.Steps} steps, {Disk.Failures} failures; {Disk.Describe()}");
    }

    /// <summary>Runs one operation; the world recovers if the process dies in it.</summary>
    public async Task RunAsync(Operation operation, int index)
    {
        var failures = Disk.Failures;
        string outcome;
        try
        {
            outcome = await operation.RunAsync(this);
        }
        catch (SimulatedCrashException e)
        {
            outcome = e.Message;
        }
        catch (IOException e) when (Disk.Failures > failures)
        {
            outcome = $"failed: {e.Message}";
        }
        // What was to happen in the middle of it and did not, does not happen in the middle of something else.
        Disk.RunsNothing();
        (Catalogue.AfterSelect, Catalogue.AfterSegments) = (null, null);
        Trace.Add($"{index} {operation.Name}: {outcome} (step {Disk.Steps})");
        ResolveAttempts();
        if (Disk.HasCrashed) await RecoverAsync(CrashesBy ?? (CrashKind)Random.Next(2));
        CheckReports();
    }

    /// <summary>Notes which pushes were answered since the last time, and how.</summary>
    private void ResolveAttempts()
    {
        // Nobody hears an answer that a dead process gives: all of them stay in doubt.
        if (Disk.HasCrashed) ForgetAttempts();
        foreach (var (push, done) in _attempts.Where(a => a.Done.IsCompleted))
        {
            if (done.IsCompletedSuccessfully) push.IsAcknowledged = true;
            else
            {
                NoteDoubt(push);
                if (Disk.Failures == _failuresExcused && !_groupIsPoisoned) Fail($"{push} failed though the disk did nothing wrong: {done.Exception?.InnerException}");
            }
        }
        _attempts.RemoveAll(a => a.Done.IsCompleted);
        _failuresExcused = Disk.Failures;
    }

    private void ForgetAttempts()
    {
        foreach (var (push, _) in _attempts) NoteDoubt(push);
        _attempts.Clear();
    }
}
