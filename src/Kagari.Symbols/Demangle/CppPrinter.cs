using System.Text;

namespace Kagari.Symbols;

/// <summary>Writes the tree of a C++ name as c++filt does.</summary>
/// <remarks>
/// A declarator wraps around a name: <c>void (*f)(int)</c> has one part on the left and one on the right of what it
/// points to. Nodes are shared, so a short name may stand for an enormous text: output and steps are bounded.
/// </remarks>
internal sealed partial class CppPrinter
{
    private const int CharsMax = 1 << 16;
    private const int StepsMax = 1 << 20;
    private const int DepthMax = 1500;

    private readonly StringBuilder _text = new();
    private List<CppNode>? _arguments;
    private int _packIndex = -1;
    private bool _isInLambda;
    private int _steps;
    private int _depth;

    /// <summary>The text, or null where it exceeds the bounds.</summary>
    public static string? Print(CppNode node)
    {
        var printer = new CppPrinter();
        printer.Whole(node);
        return printer.IsOver ? null : printer._text.ToString();
    }

    private bool IsOver => _text.Length > CharsMax || _steps > StepsMax;

    private void Whole(CppNode node)
    {
        Left(node);
        Right(node);
    }

    private void Left(CppNode? node)
    {
        if (node is null || IsOver) return;
        _steps++;
        if (++_depth > DepthMax) _steps = StepsMax + 1;
        else LeftBody(node);
        _depth--;
    }

    private void LeftBody(CppNode node)
    {
        switch (node.Kind)
        {
            case CppKind.Name: _text.Append(node.Text); break;
            case CppKind.Nested:
                Whole(node.A!);
                _text.Append("::");
                Whole(node.B!);
                break;
            case CppKind.Template:
                Whole(node.A!);
                Arguments(node.Items);
                break;
            case CppKind.Structor:
                _text.Append(node.Text);
                ClassName(node.A!);
                break;
            case CppKind.Conversion:
                _text.Append("operator ");
                Whole(node.A!);
                break;
            case CppKind.Tagged:
                Whole(node.A!);
                _text.Append("[abi:").Append(node.Text).Append(']');
                break;
            case CppKind.Lambda: Lambda(node); break;
            case CppKind.Binding: List("[", node.Items, "]"); break;
            case CppKind.Prefixed:
                _text.Append(node.Text);
                Whole(node.A!);
                break;
            case CppKind.Suffixed:
                Left(node.A);
                // What is said of a whole function stands behind all of it.
                if (node.A!.Kind is CppKind.Encoding or CppKind.Suffixed) Right(node.A);
                _text.Append(node.Text);
                break;
            case CppKind.Joined:
                Whole(node.A!);
                _text.Append(node.Text);
                Whole(node.B!);
                break;
            case CppKind.Pack: Joined(node.Items); break;
            case CppKind.Sequence: foreach (var item in node.Items) Whole(item); break;
            case CppKind.Encoding: Encoding(node); break;
            case CppKind.Parameter: Parameter(node, Left); break;
            case CppKind.Expansion: Expansion(node); break;
            case CppKind.Qualified or CppKind.Pointer or CppKind.Array or CppKind.Function or CppKind.MemberPointer: TypeLeft(node); break;
            default: Expression(node); break;
        }
    }

    private void Right(CppNode? node)
    {
        if (node is null || IsOver) return;
        _steps++;
        if (++_depth > DepthMax) _steps = StepsMax + 1;
        else if (node.Kind == CppKind.Parameter) Parameter(node, Right);
        else TypeRight(node);
        _depth--;
    }

    private void Encoding(CppNode node)
    {
        // Parameters of templates mean the last arguments of this name, or else those around.
        var (outer, packIndex, isInLambda) = (_arguments, _packIndex, _isInLambda);
        (_arguments, _packIndex, _isInLambda) = (LastArguments(node.A!) ?? outer, -1, false);
        if (node.B is not null)
        {
            Left(node.B);
            if (Shape(node.B) is not (CppKind.Function or CppKind.Array)) _text.Append(' ');
        }
        Whole(node.A!);
        List("(", node.Items, ")");
        Right(node.B);
        Qualifiers(node.Qualifiers);
        (_arguments, _packIndex, _isInLambda) = (outer, packIndex, isInLambda);
    }

    private static List<CppNode>? LastArguments(CppNode name)
    {
        while (true)
        {
            if (name.Kind == CppKind.Template) return name.Items;
            if (name.Kind == CppKind.Tagged) name = name.A!;
            else if (name.Kind != CppKind.Nested) return null;
            else if (name.B!.Kind is CppKind.Template or CppKind.Nested or CppKind.Tagged || name.A!.Kind == CppKind.Encoding) name = name.B!;
            else name = name.A!;
        }
    }

    /// <summary>The last part of a name, without arguments.</summary>
    private void ClassName(CppNode node)
    {
        while (node.Kind is CppKind.Template or CppKind.Nested or CppKind.Tagged)
            node = node.Kind == CppKind.Nested ? node.B! : node.A!;
        Whole(node);
    }

    private void Lambda(CppNode node)
    {
        var isInLambda = _isInLambda;
        _isInLambda = true;
        List("{lambda(", node.Items, ")#");
        _text.Append(node.Number).Append('}');
        _isInLambda = isInLambda;
    }

    private void Arguments(List<CppNode> items)
    {
        if (EndsWith('<')) _text.Append(' ');
        List("<", items, "");
        _text.Append(EndsWith('>') ? " >" : ">");
    }

    private bool EndsWith(char c) => _text.Length > 0 && _text[^1] == c;

    private void List(string before, List<CppNode> items, string after)
    {
        _text.Append(before);
        Joined(items);
        _text.Append(after);
    }

    /// <summary>With commas between those that are not empty, as packs of nothing are.</summary>
    private void Joined(List<CppNode> items)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            var start = _text.Length;
            if (!isFirst) _text.Append(", ");
            var itemStart = _text.Length;
            Whole(item);
            if (_text.Length == itemStart) _text.Length = start;
            else isFirst = false;
        }
    }
}
