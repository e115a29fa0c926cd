namespace Kagari.Client;

internal sealed class ClientMetrics
{
    private long _x;

    public void SamplesLost(long count, string kind) => _x += count;

    public void LabelsLost() => _x++;

    public void Overhead(double share) => _x += (long)share;
}
