using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.Rpc;

namespace Kagari.Server.Querying;

/// <summary>The <c>query</c> of <c>/pyroscope/render</c>: a profile type and a selector in one.</summary>
internal static class RenderQuery
{
    /// <summary>Reads <c>type{…}</c> or <c>{__name__="type",…}</c>; <paramref name="parameter"/> names the field in errors.</summary>
    public static (ProfileTypeId Type, Selector Selector) Parse(string? text, string parameter)
    {
        var (type, selector) = ParseAnyType(text, parameter);
        return (type ?? throw new RpcException(RpcCode.InvalidArgument, $"\"{parameter}\" names no profile type; write it in front of the braces, as in process_cpu:cpu:nanoseconds:cpu:nanoseconds{{}}"), selector);
    }

    /// <summary>The same where the type may be left out: null stands for all of them.</summary>
    public static (ProfileTypeId? Type, Selector Selector) ParseAnyType(string? text, string parameter)
    {
        if (string.IsNullOrEmpty(text)) throw new RpcException(RpcCode.InvalidArgument, $"\"{parameter}\" is required");
        if (!SelectorParser.TryParse(text, out var selector, out var error)) throw new RpcException(RpcCode.InvalidArgument, $"\"{parameter}\": {error}");
        var type = selector.Matchers.FirstOrDefault(m => m is { Name: LabelNames.Name or LabelNames.ProfileType, Operator: MatchOperator.Equal });
        if (type is null) return (null, selector);
        if (!ProfileTypeId.TryParse(type.Value, out var id, out error)) throw new RpcException(RpcCode.InvalidArgument, $"\"{parameter}\": {error}");
        return (id, new Selector([.. selector.Matchers.Where(m => m != type)]));
    }
}
