using Microsoft.AspNetCore.Mvc;

namespace Kagari.Client.Tests.Routes;

/// <summary>A controller as applications have them: its template has no slash at the beginning.</summary>
[Route("ride")]
public sealed class RideController : ControllerBase
{
    [HttpGet("{id}")]
    public string Get(string id) => Seen.Here();
}
