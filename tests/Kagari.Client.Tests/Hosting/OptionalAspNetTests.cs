using System.Reflection;
using Kagari.Testing;

namespace Kagari.Client.Tests;

/// <summary>A console program has no ASP.NET Core: a type that names it in its shape cannot be loaded there.</summary>
public sealed class OptionalAspNetTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Types_ThatNameAspNetCore_LiveInHosting()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "src", "Kagari.Client", "Hosting"), "*.cs").Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var naming = typeof(Labels).Assembly.GetTypes().Where(type => Named(type).Any(IsOptional)).Select(Outermost).Distinct().ToList();
        naming.ShouldNotBeEmpty();
        naming.Where(type => !files.Contains(type.Name)).ShouldBeEmpty();
    }

    private static IEnumerable<Type> Named(Type type) =>
    [
        type.BaseType ?? typeof(object),
        .. type.GetInterfaces(),
        .. type.GetFields(All).Select(f => f.FieldType),
        .. type.GetMethods(All).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)),
        .. type.GetConstructors(All).SelectMany(c => c.GetParameters().Select(p => p.ParameterType)),
    ];

    private static bool IsOptional(Type type) =>
        (type.Assembly.GetName().Name ?? "").StartsWith("Microsoft.", StringComparison.Ordinal) || type.GetGenericArguments().Any(IsOptional) || (type.HasElementType && IsOptional(type.GetElementType()!));

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
