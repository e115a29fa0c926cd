using System.Text;

namespace Kagari.Client.Tests.Delivery;

/// <summary>Profiles that are only names, for tests of their way.</summary>
internal static class Windows
{
    public static IReadOnlyList<CollectedProfile> Of(params string[] names) =>
        [.. names.Select(n => new CollectedProfile([new("__name__", "process_cpu"), new("service_name", "cart")], Encoding.UTF8.GetBytes(n)))];

    public static string NameOf(IReadOnlyList<CollectedProfile> window) => Encoding.UTF8.GetString(window[0].Pprof.Span);
}
