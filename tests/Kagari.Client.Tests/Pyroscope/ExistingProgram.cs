using Pyroscope;

namespace Rideshare;

/// <summary>A program as people have written them for the package Pyroscope: it must compile as it stands.</summary>
internal static class ExistingProgram
{
    public static readonly List<string> Seen = [];

    public static void FindNearestVehicle(long radius, string vehicle)
    {
        var labels = LabelSet.Empty.BuildUpon()
            .Add("vehicle", vehicle)
            .Build();
        LabelsWrapper.Do(labels, () =>
        {
            Look();
            if (vehicle == "car")
            {
                LabelsWrapper.Do(labels.BuildUpon().Add("radius", radius.ToString()).Build(), Drive, radius);
            }
        });
        Look();
    }

    public static async Task OrderAsync()
    {
        await LabelsWrapper.Do(LabelSet.Empty.BuildUpon().Add("step", "order").Build(), async () =>
        {
            await Task.Yield();
            Look();
        });
        var number = await LabelsWrapper.Do(LabelSet.Empty.BuildUpon().Add("step", "pay").Build(), async () =>
        {
            await Task.Yield();
            Look();
            return 17;
        });
        using (LabelsWrapper.Push(LabelSet.Empty.BuildUpon().Add("step", "ship").Build()))
        {
            await Task.Yield();
            Look();
        }
        if (number != 17) throw new InvalidOperationException();
        Look();
    }

    public static void Tags()
    {
        Profiler.Instance.SetDynamicTag("region", "eu");
        Profiler.Instance.SetDynamicTag("zone", "b");
        Look();
        Profiler.Instance.SetDynamicTags(new Dictionary<string, string> { { "region", "us" } });
        Look();
        new LabelSet.Builder(LabelSet.Empty).Add("set", "1").Build().Activate();
        Look();
        Profiler.Instance.ClearDynamicTags();
        Look();
    }

    public static void Switch(bool enabled)
    {
        Profiler.Instance.SetCPUTrackingEnabled(enabled);
        Profiler.Instance.SetAllocationTrackingEnabled(enabled);
        Profiler.Instance.SetContentionTrackingEnabled(enabled);
        Profiler.Instance.SetExceptionTrackingEnabled(enabled);
        Profiler.Instance.SetBasicAuth("user", "password");
    }

    public static void Spans(ulong span)
    {
        Profiler.Instance.SetSpanContext(span, 1, 2);
#pragma warning disable CS0618 // obsolete for long, and used for long
        Profiler.Instance.SetProfileId(span);
#pragma warning restore CS0618
        Profiler.Instance.SetSpanContext(0, 0, 0);
    }

    private static void Drive(long radius) => Look();

    private static void Look() => Seen.Add(Kagari.Client.Tests.Seen.Here());
}
