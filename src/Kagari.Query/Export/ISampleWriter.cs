namespace Kagari.Query;

/// <summary>A form of export: a beginning, written when it is made, samples, an end.</summary>
public interface ISampleWriter : IDisposable
{
    /// <summary>Writes one sample.</summary>
    void Write(in ExportedSample sample);

    /// <summary>Writes what has to stand at the end.</summary>
    void Finish();
}
