using Google.Protobuf;
using Kagari.Wire.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Rpc;

/// <summary>Maps unary calls that Connect, gRPC and gRPC-Web clients reach on the same path.</summary>
internal static class RpcEndpoints
{
    /// <summary>Maps a call whose request is a protobuf message.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="path"><c>/package.Service/Method</c>.</param>
    /// <param name="handler">Fails with <see cref="RpcException"/>; its token fires at the client's deadline or when the client is gone.</param>
    /// <param name="options">Limits; <see cref="RpcOptions.Default"/> if null.</param>
    /// <typeparam name="TRequest">A generated message.</typeparam>
    /// <typeparam name="TResponse">A generated message or an <see cref="IRpcFastMessage"/>.</typeparam>
    /// <returns>The endpoint, for metadata such as required tenants.</returns>
    public static IEndpointConventionBuilder MapRpc<TRequest, TResponse>(
        this IEndpointRouteBuilder endpoints,
        string path,
        Func<RpcContext, TRequest, CancellationToken, ValueTask<TResponse>> handler,
        RpcOptions? options = null)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class
    {
        return endpoints.MapRpcBytes(path, Handle, options);

        ValueTask<TResponse> Handle(RpcContext call, RpcBody body, CancellationToken cancel)
        {
            var request = Decode<TRequest>(body);
            body.Dispose();
            return handler(call, request, cancel);
        }
    }

    /// <summary>Maps a call that reads its request bytes itself.</summary>
    /// <inheritdoc cref="MapRpc"/>
    public static IEndpointConventionBuilder MapRpcBytes<TResponse>(
        this IEndpointRouteBuilder endpoints,
        string path,
        Func<RpcContext, RpcBody, CancellationToken, ValueTask<TResponse>> handler,
        RpcOptions? options = null)
        where TResponse : class
    {
        // Without methods: other methods than POST are ours to answer, with 405.
        return endpoints.Map(path, new RpcInvoker<TResponse>(handler, options ?? RpcOptions.Default).InvokeAsync).WithMetadata(ErrorForm.Rpc);
    }

    /// <summary>The request of a call that reads its bytes itself, where these are a message after all.</summary>
    /// <exception cref="RpcException">They are none.</exception>
    public static T Decode<T>(RpcBody body)
        where T : class, IMessage<T>, new()
    {
        if (body.IsJson)
            return ProtoJson.TryRead<T>(body.Bytes.Span, out var read, out var error) ? read : throw new RpcException(RpcCode.InvalidArgument, error);
        var message = new T();
        try
        {
            message.MergeFrom(body.Bytes.Span);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new RpcException(RpcCode.InvalidArgument, $"The request is no {message.Descriptor.FullName}: {e.Message}", e);
        }
        return message;
    }
}
