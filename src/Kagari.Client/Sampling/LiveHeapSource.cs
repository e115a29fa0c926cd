using Kagari.Client.Collecting;
using Kagari.Profiles;

namespace Kagari.Client.Sampling;

/// <summary>The heap as the last collection left it, by generation. Costs a question to the runtime for each window.</summary>
internal sealed class LiveHeapSource : IProfileSource
{
    private static readonly NetTraceProfileType s_type = new("memory", "memory", ("inuse_space", "bytes"), default, ("space", "bytes"));
    private static readonly string[] s_generations = ["[generation 0]", "[generation 1]", "[generation 2]", "[large objects]", "[pinned objects]"];

    public string? Problem => null;

    public SourceCost Cost => default;

    public void CloseWindow()
    {
    }

    public void Build(ProfileAssembly assembly)
    {
        var info = GC.GetGCMemoryInfo(GCKind.Any);
        assembly.Begin(s_type, 1);
        for (var i = 0; i < Math.Min(s_generations.Length, info.GenerationInfo.Length); i++)
        {
            var generation = info.GenerationInfo[i];
            // What lies between the objects is kept too, and is what a program that fragments its heap pays for.
            assembly.AddNamed(generation.SizeAfterBytes - generation.FragmentationAfterBytes, 0, "[heap]", s_generations[i], "[objects]");
            assembly.AddNamed(generation.FragmentationAfterBytes, 0, "[heap]", s_generations[i], "[gaps]");
        }
        assembly.End();
    }

    public void Slow(int factor)
    {
    }

    public void Dispose()
    {
    }
}
