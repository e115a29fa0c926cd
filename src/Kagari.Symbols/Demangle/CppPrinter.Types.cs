namespace Kagari.Symbols;

internal sealed partial class CppPrinter
{
    private void TypeLeft(CppNode node)
    {
        switch (node.Kind)
        {
            case CppKind.Qualified:
                Left(node.A);
                // A parameter may stand for what is const already.
                Qualifiers(Resolved(node.A) is { Kind: CppKind.Qualified } inner ? node.Qualifiers & ~inner.Qualifiers : node.Qualifiers);
                break;
            case CppKind.Pointer:
                var (target, text) = Collapsed(node);
                Left(target);
                var shape = Shape(target);
                if (shape == CppKind.Array) _text.Append(" (");
                else if (shape == CppKind.Function) _text.Append('(');
                _text.Append(text);
                break;
            case CppKind.Array: Left(node.A); break;
            case CppKind.Function:
                Left(node.A);
                if (Shape(node.A!) is not (CppKind.Function or CppKind.Array)) _text.Append(' ');
                break;
            default:
                Left(node.B);
                _text.Append(Shape(node.B!) switch { CppKind.Function => "(", CppKind.Array => " (", _ => " " });
                Whole(node.A!);
                _text.Append("::*");
                break;
        }
    }

    private void TypeRight(CppNode node)
    {
        switch (node.Kind)
        {
            case CppKind.Qualified: Right(node.A); break;
            case CppKind.Pointer:
                var (target, _) = Collapsed(node);
                if (Shape(target) is CppKind.Function or CppKind.Array) _text.Append(')');
                Right(target);
                break;
            case CppKind.Array:
                if (!EndsWith(']')) _text.Append(' ');
                _text.Append('[');
                if (node.B is not null) Whole(node.B);
                _text.Append(']');
                Right(node.A);
                break;
            case CppKind.Function:
                List("(", node.Items, ")");
                Right(node.A);
                Qualifiers(node.Qualifiers);
                break;
            case CppKind.MemberPointer:
                if (Shape(node.B!) is CppKind.Function or CppKind.Array) _text.Append(')');
                Right(node.B);
                break;
            default: break;
        }
    }

    /// <summary>A reference to a reference is one: <c>&amp;&amp;</c> only if both are.</summary>
    private (CppNode Target, string Text) Collapsed(CppNode node)
    {
        var (target, text) = (node.A!, node.Text);
        for (var i = 0; text[0] == '&' && i < DepthMax; i++)
        {
            var inner = Resolved(target);
            if (inner is not { Kind: CppKind.Pointer } || inner.Text[0] != '&') break;
            if (inner.Text.Length < text.Length) text = inner.Text;
            target = inner.A!;
        }
        return (target, text);
    }

    /// <summary>What a parameter stands for, where it is one.</summary>
    private CppNode? Resolved(CppNode? node)
    {
        for (var i = 0; node is not null && i < 100; i++)
        {
            if (node.Kind == CppKind.Parameter && !_isInLambda && _arguments is { } arguments && node.Number < arguments.Count) node = arguments[node.Number];
            else if (node.Kind == CppKind.Pack && (uint)_packIndex < (uint)node.Items.Count) node = node.Items[_packIndex];
            else break;
        }
        return node;
    }

    /// <summary>Function or Array for types that have a right side, looked at through qualifiers and parameters.</summary>
    private CppKind Shape(CppNode node)
    {
        var found = Resolved(node);
        for (var i = 0; found is { Kind: CppKind.Qualified } && i < DepthMax; i++) found = Resolved(found.A);
        return found?.Kind ?? CppKind.Name;
    }

    private void Parameter(CppNode node, Action<CppNode> print)
    {
        if (_isInLambda)
        {
            if (print == Left) _text.Append("auto:").Append(node.Number + 1);
            return;
        }
        if (_arguments is not { } arguments || node.Number >= arguments.Count)
        {
            // Nothing says what it is; the text would be wrong.
            _steps = StepsMax + 1;
            return;
        }
        var argument = arguments[node.Number];
        if (argument.Kind == CppKind.Pack && _packIndex >= 0)
        {
            if (_packIndex >= argument.Items.Count) return;
            argument = argument.Items[_packIndex];
        }
        print(argument);
    }

    private void Expansion(CppNode node)
    {
        if (FindPack(node.A!, 0) is not { } pack)
        {
            Whole(node.A!);
            _text.Append("...");
            return;
        }
        var outer = _packIndex;
        var isFirst = true;
        for (var i = 0; i < pack.Items.Count && !IsOver; i++)
        {
            _packIndex = i;
            if (!isFirst) _text.Append(", ");
            isFirst = false;
            Whole(node.A!);
        }
        _packIndex = outer;
    }

    private CppNode? FindPack(CppNode node, int depth)
    {
        if (++_steps > StepsMax || depth > DepthMax) return null;
        if (node.Kind == CppKind.Parameter)
            return !_isInLambda && _arguments is { } arguments && node.Number < arguments.Count && arguments[node.Number].Kind == CppKind.Pack ? arguments[node.Number] : null;
        if (node.Kind is CppKind.Expansion or CppKind.Lambda or CppKind.Pack) return null;
        var found = node.A is null ? null : FindPack(node.A, depth + 1);
        found ??= node.B is null ? null : FindPack(node.B, depth + 1);
        for (var i = 0; found is null && i < node.Items.Count; i++) found = FindPack(node.Items[i], depth + 1);
        return found;
    }

    private void Qualifiers(CppQualifiers qualifiers)
    {
        if (qualifiers == CppQualifiers.None) return;
        if ((qualifiers & CppQualifiers.Const) != CppQualifiers.None) _text.Append(" const");
        if ((qualifiers & CppQualifiers.Volatile) != CppQualifiers.None) _text.Append(" volatile");
        if ((qualifiers & CppQualifiers.Restrict) != CppQualifiers.None) _text.Append(" __restrict");
        if ((qualifiers & CppQualifiers.Reference) != CppQualifiers.None) _text.Append(" &");
        if ((qualifiers & CppQualifiers.RightReference) != CppQualifiers.None) _text.Append(" &&");
        if ((qualifiers & CppQualifiers.Noexcept) != CppQualifiers.None) _text.Append(" noexcept");
    }

    private void Expression(CppNode node)
    {
        switch (node.Kind)
        {
            case CppKind.Literal:
                _text.Append('(');
                Whole(node.A!);
                _text.Append(')').Append(node.Text);
                break;
            case CppKind.Unary:
                _text.Append(node.Text);
                Operand(node.A!);
                break;
            case CppKind.Binary:
                // A greater-than sign would end the arguments around it.
                var isClosing = node.Text is ">" or ">>";
                if (isClosing) _text.Append('(');
                Operand(node.A!);
                _text.Append(node.Text);
                Operand(node.B!);
                if (isClosing) _text.Append(')');
                break;
            case CppKind.Call:
                if (node.Number == 1) Whole(node.A!);
                else if (node.A!.Kind == CppKind.Encoding) Whole(node.A.A!);
                else Operand(node.A!);
                List("(", node.Items, ")");
                break;
            case CppKind.Braces:
                if (node.A is not null) Whole(node.A);
                List("{", node.Items, "}");
                break;
            default: break;
        }
    }

    private void Operand(CppNode node)
    {
        var isSimple = node.Kind is CppKind.Name or CppKind.Braces || (node.Kind == CppKind.Nested && node.B!.Kind != CppKind.Template);
        if (!isSimple) _text.Append('(');
        Whole(node);
        if (!isSimple) _text.Append(')');
    }
}
