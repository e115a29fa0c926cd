using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;
using Kagari.Wire.Push;
using Kagari.Wire.Querier;

namespace Kagari.Server.Tests.Clients;

/// <summary>Connect's and gRPC's own clients push a real profile to a whole server and ask for it back.</summary>
public sealed class NodeRpcClientTests
{
    private const string Type = "process_cpu:cpu:nanoseconds:cpu:nanoseconds", Function = "main.(*index).rank";

    private static string Profile => Path.Combine(Repository.Root, "testdata", "go", "cpu-search-v1-us-1.pb.gz");

    [Fact]
    public async Task ConnectNode_PushAndQuery_AllTransportsAgree()
    {
        await using var server = await ClientServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var descriptors = Path.Combine(directory.Path, "descriptors.pb");
        await File.WriteAllBytesAsync(descriptors, Descriptors().ToByteArray());

        (await NodeClients.RunAsync("connect-server.mjs", server.Url, descriptors, Profile, Type, Total(), Function))
            .ShouldBe("connect-node: 5 transports agree");
    }

    [Fact]
    public async Task GrpcJs_PushAndQuery_PlainAndGzipAgree()
    {
        await using var server = await ClientServer.StartAsync();
        var protos = Path.Combine(Repository.Root, "src", "Kagari.Wire", "Protos");

        (await NodeClients.RunAsync("grpc-server.mjs", server.Authority, protos, Profile, Type, Total(), Function))
            .ShouldBe("grpc-js: 2 variants agree");
    }

    private static string Total() => PprofSums.Of(File.ReadAllBytes(Profile)).Values.Single(v => v.Type == "cpu:nanoseconds").Sum.ToString();

    /// <summary>Our files and all that they import, imports first.</summary>
    private static FileDescriptorSet Descriptors()
    {
        var set = new FileDescriptorSet();
        Add(PushReflection.Descriptor);
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
