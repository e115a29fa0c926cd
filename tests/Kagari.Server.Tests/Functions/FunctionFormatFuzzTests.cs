using System.Text;
using Kagari.Server.Functions;
using Kagari.Server.Rpc;
using Kagari.Testing;

namespace Kagari.Server.Tests.Functions;

/// <summary>Any request gives a format or a refusal of its own fault.</summary>
public sealed class FunctionFormatFuzzTests
{
    [Fact]
    public void Read_MutatedRequests_GiveAFormatOrARefusal()
    {
        var request = Encoding.UTF8.GetBytes("""
            {"format":"PROFILE_FORMAT_FUNCTION_TREE","maxNodes":"5","sandwichFunction":"f\u00e9\ud83d\ude00","formatOptions":{"functions":{"limit":"\u0031"},
            "functionTree":{"selection":"FUNCTION_TREE_SELECTION_ROOT_PATH","direction":"FUNCTION_TREE_DIRECTION_CALLEES","maxDepth":3}}}
            """);
        foreach (var seed in FuzzBudget.Seeds(5000))
        {
            var random = new Random(seed);
            var bytes = request;
            if (random.Next(2) == 0) bytes = [.. Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("FUNCTION_TREE\"", random.Next(2) == 0 ? "FUNCTIONS\"" : "SANDWICH\"", StringComparison.Ordinal))];
            bytes = FuzzBudget.Mutate(bytes, random);
            try
            {
                _ = FunctionFormat.Read(bytes);
                _ = FunctionFormat.ReadDiff(bytes, out _);
            }
            catch (RpcException e)
            {
                e.Code.ShouldBe(RpcCode.InvalidArgument, $"seed {seed}");
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {Encoding.UTF8.GetString(bytes)}", e);
            }
        }
    }
}
