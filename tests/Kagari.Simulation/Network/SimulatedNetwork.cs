namespace Kagari.Simulation;

/// <summary>What becomes of a request on its way.</summary>
internal enum RequestFate
{
    Arrives,
    ArrivesTwice,
    ArrivesLater,
    IsLost,
}

/// <summary>Between clients and the ingester: requests are lost, late, out of order or doubled.</summary>
internal sealed class SimulatedNetwork(Random random, int troublePercent)
{
    private readonly List<ModelPush> _late = [];

    public int LateCount => _late.Count;

    public RequestFate Send(ModelPush push)
    {
        if (random.Next(100) >= troublePercent) return RequestFate.Arrives;
        var fate = (RequestFate)random.Next(1, 4);
        if (fate == RequestFate.ArrivesLater) _late.Add(push);
        return fate;
    }

    /// <summary>Some late request arrives, the last sent perhaps first.</summary>
    public ModelPush? Deliver()
    {
        if (_late.Count == 0) return null;
        var index = random.Next(_late.Count);
        var push = _late[index];
        _late.RemoveAt(index);
        return push;
    }
}
