using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kagari.Bench.WebApp;

/// <summary>What a request does: reads a file, looks things up under a lock, computes, and makes objects that become JSON.</summary>
internal sealed class Shop
{
    private const int LinesMax = 12;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, int> _sold = [];
    private readonly string _prices = Path.GetTempFileName();

    public Shop() => File.WriteAllLines(_prices, Enumerable.Range(0, 64).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i};{(i * 7 % 90) + 10}")));

    public async Task<Order> OrderAsync(int id)
    {
        var prices = await PricesAsync();
        await Task.Yield();
        var lines = Enumerable.Range(0, 1 + (id % LinesMax)).Select(n => LineOf(id + n, prices)).OrderByDescending(l => l.Total).ToList();
        return new Order(id, $"customer-{id % 1000}", lines, lines.Sum(l => l.Total), Signature(lines));
    }

    private async Task<Dictionary<int, int>> PricesAsync()
    {
        var prices = new Dictionary<int, int>();
        foreach (var line in await File.ReadAllLinesAsync(_prices))
        {
            var parts = line.Split(';');
            prices[int.Parse(parts[0], CultureInfo.InvariantCulture)] = int.Parse(parts[1], CultureInfo.InvariantCulture);
        }
        return prices;
    }

    private OrderLine LineOf(int number, Dictionary<int, int> prices)
    {
        var product = number % 64;
        return new OrderLine($"product-{product}", Sell(product), prices[product], prices[product] * 3);
    }

    /// <summary>All requests meet here, and now and then one waits for another.</summary>
    private int Sell(int product)
    {
        lock (_gate)
        {
            var sum = 0;
            for (var i = 0; i < 64; i++) sum += _sold.GetValueOrDefault(i);
            _sold[product] = 1 + (sum & 15);
            return _sold[product];
        }
    }

    private static string Signature(List<OrderLine> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', lines.Select(l => $"{l.Product}:{l.Count}:{l.Total}")))));
}
