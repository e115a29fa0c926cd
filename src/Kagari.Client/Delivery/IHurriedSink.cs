namespace Kagari.Client.Delivery;

/// <summary>A sink that waits between tries, and need not when the program ends.</summary>
internal interface IHurriedSink
{
    /// <summary>From now on nothing is waited for: each upload has one more try. Any thread may call it.</summary>
    void Hurry();
}
