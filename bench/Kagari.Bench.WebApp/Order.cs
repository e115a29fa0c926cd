namespace Kagari.Bench.WebApp;

/// <summary>What a request answers.</summary>
internal sealed record Order(int Id, string Customer, IReadOnlyList<OrderLine> Lines, int Total, string Signature);
