using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kagari.Testing;
using Kagari.Wire.Querier;

namespace Kagari.Server.Tests.Rpc;

/// <summary>The clients that fleets run, against the host: what we think of the protocols is not asked here.</summary>
public sealed class RpcRealClientTests
{
    [Fact]
    public async Task ConnectNode_AllProtocolsAndEncodings_Agree()
    {
        await using var server = await RpcTestServer.StartAsync();
        var descriptors = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(descriptors, Descriptors().ToByteArray());
            (await NodeClients.RunAsync("connect.mjs", server.Url.ToString().TrimEnd('/'), descriptors))
                .ShouldBe("connect-node: 20 transports, 100 calls agree");
        }
        finally
        {
            File.Delete(descriptors);
        }
        server.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task GrpcJs_PlainAndCompressed_Agrees()
    {
        await using var server = await RpcTestServer.StartAsync();
        var protos = Path.Combine(Repository.Root, "src", "Kagari.Wire", "Protos");
        (await NodeClients.RunAsync("grpc.mjs", server.Url.Authority, protos)).ShouldBe("grpc-js: 12 calls agree");
        server.Log.Errors.ShouldBeEmpty();
    }

    /// <summary>The querier's file and all it imports, imports first.</summary>
    internal static FileDescriptorSet Descriptors()
    {
        var set = new FileDescriptorSet();
        Add(QuerierReflection.Descriptor);
        return set;

        void Add(FileDescriptor file)
        {
            foreach (var import in file.Dependencies) Add(import);
            if (set.File.Any(f => f.Name == file.Name)) return;
            var proto = FileDescriptorProto.Parser.ParseFrom(file.SerializedData);
            // C# computes JSON names and does not carry them; protobuf-es takes them from the descriptor.
            foreach (var message in proto.MessageType)
                foreach (var field in message.Field) field.JsonName = file.FindTypeByName<MessageDescriptor>(message.Name).FindFieldByNumber(field.Number).JsonName;
            set.File.Add(proto);
        }
    }
}
