namespace Kagari.Bench.WebApp;

/// <summary>A line of an order.</summary>
internal sealed record OrderLine(string Product, int Count, int Price, int Total);
