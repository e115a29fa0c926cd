namespace Kagari.Ui.Tests.Harness;

/// <summary>Addresses of pages and the same questions for the server.</summary>
internal static class Addresses
{
    /// <summary>A selection with its time: what one side of a comparison is of.</summary>
    public sealed record Side(string Type, string Selector, DateTimeOffset From, DateTimeOffset Until)
    {
        /// <summary>CPU time of a service in a stretch of time, both ends included.</summary>
        public static Side Cpu(string service, DateTimeOffset from, DateTimeOffset until, string more = "") =>
            new(ShopProfiles.Cpu, $$"""{service_name="{{service}}"{{more}}}""", from, until);

        /// <summary>As parameters of the server, with a prefix as <c>left</c>.</summary>
        public IEnumerable<(string Name, string? Value)> Asked(string prefix) =>
        [
            (Named(prefix, "query"), Type + Selector),
            (Named(prefix, "from"), Millis(From)),
            (Named(prefix, "until"), Millis(Until)),
        ];

        private static string Named(string prefix, string name) => prefix.Length == 0 ? name : prefix + char.ToUpperInvariant(name[0]) + name[1..];
    }

    /// <summary>Rides before and after their release: equally long, neighbours.</summary>
    public static (Side A, Side B) Release { get; } = (
        Side.Cpu("rides", ShopProfiles.Release.AddMinutes(-39), ShopProfiles.Release.AddMinutes(-1)),
        Side.Cpu("rides", ShopProfiles.Release, ShopProfiles.Release.AddMinutes(38)));

    public static string Millis(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Compare with two sides.</summary>
    /// <param name="sides">A and B.</param>
    /// <param name="more">Further parameters, as <c>view=changed</c>.</param>
    public static string Compare((Side A, Side B) sides, string more = "") => $"compare?{Of("a.", sides.A)}&{Of("b.", sides.B)}{(more.Length > 0 ? "&" + more : "")}";

    /// <summary>Explore with a selection.</summary>
    public static string Explore(Side side, string more = "") => $"explore?{Of("", side)}{(more.Length > 0 ? "&" + more : "")}";

    private static string Of(string prefix, Side side) =>
        $"{prefix}type={Uri.EscapeDataString(side.Type)}&{prefix}q={Uri.EscapeDataString(side.Selector)}&{prefix}from={Millis(side.From)}&{prefix}until={Millis(side.Until)}";
}
