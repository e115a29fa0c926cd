using System.Text;

namespace Kagari.Profiles;

/// <summary>Names of methods as their authors wrote them, from what the runtime and its compilers make of them.</summary>
/// <remarks>
/// <code>
/// Shop.Cart+&lt;AddAsync&gt;d__12                     MoveNext               Shop.Cart.AddAsync
/// Shop.Cart+&lt;&gt;c__DisplayClass3_0                &lt;Add&gt;b__0               Shop.Cart.Add.λ
/// Shop.Cart+&lt;&gt;c+&lt;&lt;Add&gt;b__3_1&gt;d                  MoveNext               Shop.Cart.Add.λ
/// Shop.Cart                                     &lt;Add&gt;g__Check|3_0      Shop.Cart.Add.Check
/// System.Collections.Generic.List`1[System.Int32] Add                  System.Collections.Generic.List&lt;int&gt;.Add
/// </code>
/// What matches none of the forms stays as it is. <c>System.__Canon</c>, which stands for every reference type whose
/// code is shared, is written <c>T</c>.
/// </remarks>
public static class DotNetNames
{
    /// <summary>Types nested in arguments of types nested in arguments… deeper ones stay as they are.</summary>
    private const int DepthMax = 20;

    private static readonly Dictionary<string, string> s_keywords = new(StringComparer.Ordinal)
    {
        ["System.Boolean"] = "bool",
        ["System.Byte"] = "byte",
        ["System.SByte"] = "sbyte",
        ["System.Char"] = "char",
        ["System.Decimal"] = "decimal",
        ["System.Double"] = "double",
        ["System.Single"] = "float",
        ["System.Int32"] = "int",
        ["System.UInt32"] = "uint",
        ["System.IntPtr"] = "nint",
        ["System.UIntPtr"] = "nuint",
        ["System.Int64"] = "long",
        ["System.UInt64"] = "ulong",
        ["System.Int16"] = "short",
        ["System.UInt16"] = "ushort",
        ["System.Object"] = "object",
        ["System.String"] = "string",
        ["System.Void"] = "void",
        ["System.__Canon"] = "T",
    };

    /// <summary>The readable name: <c>Namespace.Type.Method</c>.</summary>
    /// <param name="type">The type with its namespace, as the runtime writes it: nested ones after <c>+</c>, arguments in brackets.</param>
    /// <param name="method">The method.</param>
    public static string Of(ReadOnlySpan<char> type, ReadOnlySpan<char> method)
    {
        var text = new StringBuilder();
        var isStateMachine = AppendType(text, type, 0);
        // The method that a state machine stands for is the name of its type already.
        if (isStateMachine && method.SequenceEqual("MoveNext")) return text.ToString();
        if (text.Length > 0) text.Append('.');
        AppendMember(text, method, 0);
        return text.ToString();
    }

    /// <summary>The readable name of a type: <c>System.Collections.Generic.List&lt;int&gt;</c>.</summary>
    public static string OfType(ReadOnlySpan<char> type)
    {
        var text = new StringBuilder();
        AppendType(text, type, 0);
        return text.ToString();
    }

    /// <summary>Writes a type; true where its innermost part is a state machine.</summary>
    private static bool AppendType(StringBuilder text, ReadOnlySpan<char> type, int depth)
    {
        if (depth > DepthMax || !TypeParts.TryOpen(type, out var parts))
        {
            text.Append(type);
            return false;
        }
        var (start, isStateMachine) = (text.Length, false);
        while (parts.TryNext(out var name, out var arity))
        {
            isStateMachine = false;
            var isClosure = name.StartsWith("<>c") && (name.Length == 3 || name[3..].StartsWith("__"));
            var member = StateMachineOf(name);
            if (!isClosure)
            {
                if (text.Length > start) text.Append('.');
                isStateMachine = !member.IsEmpty;
                if (isStateMachine) AppendMember(text, member, depth + 1);
                else AppendName(text, name);
            }
            // The arguments of what compilers made are those of the method or type around it.
            AppendArguments(text, ref parts, arity, isWritten: !isClosure && !isStateMachine, depth);
        }
        text.Append(parts.Suffix);
        return isStateMachine;
    }

    private static void AppendArguments(StringBuilder text, ref TypeParts parts, int arity, bool isWritten, int depth)
    {
        for (var i = 0; i < arity && parts.TryNextArgument(out var argument); i++)
        {
            if (!isWritten) continue;
            text.Append(i == 0 ? "<" : ", ");
            AppendType(text, argument, depth + 1);
            if (i == arity - 1 || !parts.HasArguments) text.Append('>');
        }
    }

    private static void AppendName(StringBuilder text, ReadOnlySpan<char> name)
    {
        if (s_keywords.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var keyword)) text.Append(keyword);
        // A type that only its file sees: <File>F…__Name.
        else if (name.StartsWith("<") && name.IndexOf(">F") is > 0 and var end && name[end..].IndexOf("__") is > 0 and var under) text.Append(name[(end + under + 2)..]);
        else text.Append(name);
    }

    /// <summary><c>AddAsync</c> of <c>&lt;AddAsync&gt;d__12</c>; empty for another type.</summary>
    private static ReadOnlySpan<char> StateMachineOf(ReadOnlySpan<char> name)
    {
        var end = EndOfAngle(name);
        return end > 1 && name[(end + 1)..].StartsWith("d") && (name.Length == end + 2 || name[(end + 2)..].StartsWith("__")) ? name[1..end] : default;
    }

    private static void AppendMember(StringBuilder text, ReadOnlySpan<char> name, int depth)
    {
        var end = EndOfAngle(name);
        if (end <= 1 || depth > DepthMax)
        {
            text.Append(name);
            return;
        }
        var rest = name[(end + 1)..];
        var isLocal = rest.StartsWith("g__");
        // <Main>$ is a program without a Main of its own.
        if (!isLocal && !rest.StartsWith("b__") && !rest.SequenceEqual("$"))
        {
            text.Append(name);
            return;
        }
        AppendMember(text, name[1..end], depth + 1);
        if (isLocal) text.Append('.').Append(rest.IndexOf('|') is > 0 and var bar ? rest[3..bar] : rest[3..]);
        else if (rest[0] == 'b') text.Append(".λ");
    }

    /// <summary>Where the bracket closes that the name begins with; −1 where it begins with none.</summary>
    private static int EndOfAngle(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name[0] != '<') return -1;
        var open = 0;
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '<') open++;
            else if (name[i] == '>' && --open == 0) return i;
        }
        return -1;
    }
}
