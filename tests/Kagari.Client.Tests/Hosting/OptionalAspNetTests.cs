namespace Kagari.Client.Tests;

/// <summary>A console program has neither ASP.NET Core nor a host: the SDK itself must not name them.</summary>
public sealed class OptionalAspNetTests
{
    [Fact]
    public void References_OfTheClient_AreTheRuntimeAndOurs() =>
        typeof(Labels).Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal))
            .ShouldBeEmpty();
}
