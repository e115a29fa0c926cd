using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Kagari.Server.Rpc;

namespace Kagari.Server.Functions;

/// <summary>What newer clients add to a JSON request for merged stacks: the formats about functions with their options.</summary>
/// <remarks>
/// Wire reference §13.1. The numbers of these fields are not published, so protobuf requests cannot carry them and the
/// messages of ours do not have them; the generic reader skips them, and they are read here, from the same bytes.
/// </remarks>
internal sealed record FunctionFormat(FunctionFormatKind Kind)
{
    private const int DepthDefault = 1, DepthMax = 128, NestingMax = 256;

    /// <summary>Functions of a table; 0: all.</summary>
    public long Limit { get; private init; }

    /// <summary>The function of a sandwich.</summary>
    public string Function { get; private init; } = "";

    /// <summary>Whether a tree is about a chain of functions wherever it occurs; otherwise about a path from the root.</summary>
    public bool SelectsChain { get; private init; }

    /// <summary>Which halves of a tree are asked for.</summary>
    public bool WantsCallers { get; private init; }

    /// <inheritdoc cref="WantsCallers"/>
    public bool WantsCallees { get; private init; }

    /// <summary>Levels of a tree below its root.</summary>
    public int Depth { get; private init; }

    /// <summary>Reads a request for merged stacks that is known to be JSON; null where it asks for another format.</summary>
    /// <exception cref="RpcException">An option is missing or out of range.</exception>
    public static FunctionFormat? Read(ReadOnlyMemory<byte> json)
    {
        using var document = Parse(json);
        return Guard(document.RootElement, Read);
    }

    /// <summary>
    /// Reads a comparison: the format stands in the request itself (<paramref name="isJoined"/>: one table with both
    /// sides in a row) or in its left side (two tables or trees).
    /// </summary>
    /// <exception cref="RpcException">An option is missing or out of range.</exception>
    public static FunctionFormat? ReadDiff(ReadOnlyMemory<byte> json, out bool isJoined)
    {
        using var document = Parse(json);
        var joined = Guard(document.RootElement, Read);
        isJoined = joined is { Kind: FunctionFormatKind.Functions };
        if (isJoined) return joined;
        var side = Guard(document.RootElement, r => TryGet(r, "left", "left", out var left) ? Read(left) : null);
        return side is { Kind: FunctionFormatKind.Sandwich } ? null : side;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = NestingMax });
        }
        catch (JsonException e)
        {
            throw Invalid($"Invalid JSON: {e.Message}");
        }
    }

    private static FunctionFormat? Guard(JsonElement message, Func<JsonElement, FunctionFormat?> read)
    {
        try
        {
            return read(message);
        }
        catch (InvalidOperationException e)
        {
            // Names and texts with half of a surrogate pair.
            throw Invalid($"the request has a text that is not valid Unicode ({e.Message})");
        }
    }

    private static FunctionFormat? Read(JsonElement message) => TextOf(message, "format", "format") switch
    {
        "PROFILE_FORMAT_FUNCTIONS" => new FunctionFormat(FunctionFormatKind.Functions) { Limit = LimitOf(message) },
        "PROFILE_FORMAT_SANDWICH" => new FunctionFormat(FunctionFormatKind.Sandwich)
        {
            Function = TextOf(message, "sandwichFunction", "sandwich_function") is { Length: > 0 } function
                ? function : throw Invalid("sandwich_function is required with PROFILE_FORMAT_SANDWICH: the name of a function"),
        },
        "PROFILE_FORMAT_FUNCTION_TREE" => ReadTree(message),
        _ => null,
    };

    private static FunctionFormat ReadTree(JsonElement message)
    {
        if (!TryGet(message, "formatOptions", "format_options", out var options) || !TryGet(options, "functionTree", "function_tree", out var tree))
            throw Invalid("format_options.function_tree is required with PROFILE_FORMAT_FUNCTION_TREE");
        var selection = TextOf(tree, "selection", "selection");
        var direction = TextOf(tree, "direction", "direction");
        if (selection is not ("FUNCTION_TREE_SELECTION_ROOT_PATH" or "FUNCTION_TREE_SELECTION_FUNCTION_CHAIN"))
            throw Invalid($"format_options.function_tree.selection is '{selection}'; expected FUNCTION_TREE_SELECTION_ROOT_PATH or FUNCTION_TREE_SELECTION_FUNCTION_CHAIN");
        if (direction is not ("FUNCTION_TREE_DIRECTION_CALLEES" or "FUNCTION_TREE_DIRECTION_CALLERS" or "FUNCTION_TREE_DIRECTION_BOTH"))
            throw Invalid($"format_options.function_tree.direction is '{direction}'; expected FUNCTION_TREE_DIRECTION_CALLEES, _CALLERS or _BOTH");
        var depth = TryGet(tree, "maxDepth", "max_depth", out var number) ? Number(number, "format_options.function_tree.max_depth") : DepthDefault;
        if (depth is < 0 or > DepthMax) throw Invalid($"format_options.function_tree.max_depth is {depth}; expected 0 to {DepthMax}");
        var format = new FunctionFormat(FunctionFormatKind.FunctionTree)
        {
            SelectsChain = selection == "FUNCTION_TREE_SELECTION_FUNCTION_CHAIN",
            WantsCallers = direction != "FUNCTION_TREE_DIRECTION_CALLEES",
            WantsCallees = direction != "FUNCTION_TREE_DIRECTION_CALLERS",
            Depth = (int)depth,
        };
        if (format is { SelectsChain: false, WantsCallers: true }) throw Invalid("a path from the root has callees only: direction must be FUNCTION_TREE_DIRECTION_CALLEES");
        return format;
    }

    /// <summary>Earlier clients limit the table with <c>maxNodes</c>, later ones with an option of its own.</summary>
    private static long LimitOf(JsonElement message)
    {
        var field = "format_options.functions.limit";
        if (!TryGet(message, "formatOptions", "format_options", out var options)
            || !TryGet(options, "functions", "functions", out var functions) || !TryGet(functions, "limit", "limit", out var limit))
        {
            field = "max_nodes";
            if (!TryGet(message, "maxNodes", "max_nodes", out limit)) return 0;
        }
        var number = Number(limit, field);
        return number >= 0 ? number : throw Invalid($"{field} is {number}; expected 0 (all) or more");
    }

    private static string? TextOf(JsonElement message, string jsonName, string protoName) =>
        TryGet(message, jsonName, protoName, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A 64-bit number, which JSON of protobuf writes as text or plain.</summary>
    private static long Number(JsonElement value, string field)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)) return number;
        if (value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), out number)) return number;
        throw Invalid($"{field} is {value.GetRawText()}; expected a whole number");
    }

    private static bool TryGet(JsonElement message, string jsonName, string protoName, [MaybeNullWhen(false)] out JsonElement value)
    {
        value = default;
        return message.ValueKind == JsonValueKind.Object
            && (message.TryGetProperty(jsonName, out value) || message.TryGetProperty(protoName, out value))
            && value.ValueKind != JsonValueKind.Null;
    }

    private static RpcException Invalid(string message) => new(RpcCode.InvalidArgument, message);
}

/// <summary>Formats about functions.</summary>
internal enum FunctionFormatKind
{
    /// <summary>A table of all functions.</summary>
    Functions,

    /// <summary>One function with all callers and callees.</summary>
    Sandwich,

    /// <summary>A few levels of callers or callees.</summary>
    FunctionTree,
}
