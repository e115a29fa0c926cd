using Microsoft.Net.Http.Headers;

namespace Kagari.Server.Rpc;

/// <summary>A content type that the host understands.</summary>
/// <param name="Protocol">How the call is wrapped.</param>
/// <param name="IsJson">How the message is written.</param>
/// <param name="Name">The content type of the response.</param>
internal sealed record RpcContentType(RpcProtocol Protocol, bool IsJson, string Name)
{
    private static readonly RpcContentType[] All =
    [
        new(RpcProtocol.Connect, IsJson: false, "application/proto"),
        new(RpcProtocol.Connect, IsJson: true, "application/json"),
        new(RpcProtocol.Grpc, IsJson: false, "application/grpc"),
        new(RpcProtocol.Grpc, IsJson: false, "application/grpc+proto"),
        new(RpcProtocol.Grpc, IsJson: true, "application/grpc+json"),
        new(RpcProtocol.GrpcWeb, IsJson: false, "application/grpc-web"),
        new(RpcProtocol.GrpcWeb, IsJson: false, "application/grpc-web+proto"),
        new(RpcProtocol.GrpcWeb, IsJson: true, "application/grpc-web+json"),
    ];

    /// <summary>The value of <c>Accept-Post</c> in a 415.</summary>
    public static string AcceptPost { get; } = string.Join(", ", All.Select(t => t.Name));

    /// <summary>The entry for a request's header, or null, which means 415.</summary>
    public static RpcContentType? Find(string? header)
    {
        if (header is null) return null;
        foreach (var type in All)
            if (string.Equals(header, type.Name, StringComparison.OrdinalIgnoreCase)) return type;
        return FindWithParameters(header);
    }

    private static RpcContentType? FindWithParameters(string header)
    {
        if (!MediaTypeHeaderValue.TryParse(header, out var value)) return null;
        foreach (var type in All)
        {
            if (!value.MediaType.Equals(type.Name, StringComparison.OrdinalIgnoreCase)) continue;
            // Text has a character set, and ours is UTF-8; protobuf has none.
            foreach (var parameter in value.Parameters)
            {
                var isUtf8 = parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase) &&
                    HeaderUtilities.RemoveQuotes(parameter.Value).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
                if (!type.IsJson || !isUtf8) return null;
            }
            return type;
        }
        return null;
    }
}
