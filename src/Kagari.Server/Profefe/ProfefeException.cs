namespace Kagari.Server.Profefe;

/// <summary>A request that is answered with an error; texts are those of profefe where it has one.</summary>
internal sealed class ProfefeException(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status, and the code of the body.</summary>
    public int Status { get; } = status;

    public static ProfefeException BadRequest(string message) => new(400, $"bad request: {message}");

    public static ProfefeException NothingFound() => new(404, "nothing found");
}
