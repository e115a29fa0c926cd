using System.Collections.Concurrent;

namespace Kagari.Symbols;

internal sealed partial class DwarfFile
{
    /// <summary>From a call to the function, from its code to its declaration: real chains have three links.</summary>
    private const int LinksMax = 16;

    private const string SecondPiece = "__second_sect_of_";

    private readonly ConcurrentDictionary<int, DwarfFunctionName> _names = new();

    /// <summary>The name of a function or inlined call.</summary>
    public DwarfFunctionName NameOf(DwarfUnit unit, int entry)
    {
        if (_names.TryGetValue(entry, out var known)) return known;
        var name = ReadName(unit, entry);
        if (!Budget.IsSpent && _names.TryAdd(entry, name)) Budget.Keep(120 + (2L * (name.Function.Length + name.SystemName.Length)));
        return name;
    }

    private DwarfFunctionName ReadName(DwarfUnit unit, int entry)
    {
        var (name, linkage, line) = ("", "", 0);
        var (named, namedAt) = (unit, entry);
        for (var links = 0; links < LinksMax; links++)
        {
            var link = default(DwarfValue);
            var root = unit.Root(this);
            var cursor = At(unit, entry);
            if (root.Abbreviations?[cursor.ReadUleb()] is not { } abbreviation) break;
            foreach (ref readonly var attribute in abbreviation.Attributes.AsSpan())
            {
                var value = DwarfForm.Read(ref cursor, attribute.Form, attribute.ImplicitValue, unit.Encoding);
                if (cursor.Failed) break;
                switch (attribute.Name)
                {
                    case DwarfName.LinkageName or DwarfName.MipsLinkageName: if (linkage.Length == 0) linkage = Text(unit, root, value); break;
                    case DwarfName.Name when name.Length == 0:
                        name = Text(unit, root, value);
                        (named, namedAt) = (unit, entry);
                        break;
                    case DwarfName.DeclarationLine: if (line == 0) line = value.AsInt; break;
                    case DwarfName.AbstractOrigin or DwarfName.Specification: link = value; break;
                    default: break;
                }
            }
            if (linkage.Length > 0 && line > 0) break;
            if (!link.IsPresent || !TryFollow(unit, link, out unit, out entry)) break;
        }
        if (linkage.Length > 0) return new DwarfFunctionName(Demangler.Demangle(linkage), linkage, IsLinkage: true, line);
        // GCC's way to say in DWARF 2 that a function has two pieces.
        if (name.StartsWith(SecondPiece, StringComparison.Ordinal)) name = name[SecondPiece.Length..];
        return new DwarfFunctionName(WithScopes(named, namedAt, name), name, IsLinkage: false, line);
    }

    private string WithScopes(DwarfUnit unit, int entry, string name)
    {
        const int NameCharsMax = 4096;
        if (name.Length == 0 || !unit.Root(this).HasScopes) return name;
        foreach (var scope in unit.Functions(this).Scopes.Around(entry))
        {
            if (name.Length > NameCharsMax) break;
            name = $"{ScopeName(unit, scope)}::{name}";
        }
        return name;
    }

    private string ScopeName(DwarfUnit unit, int entry)
    {
        var root = unit.Root(this);
        var cursor = At(unit, entry);
        if (root.Abbreviations?[cursor.ReadUleb()] is not { } abbreviation) return "";
        foreach (ref readonly var attribute in abbreviation.Attributes.AsSpan())
        {
            var value = DwarfForm.Read(ref cursor, attribute.Form, attribute.ImplicitValue, unit.Encoding);
            if (cursor.Failed) break;
            if (attribute.Name == DwarfName.Name) return Text(unit, root, value);
        }
        return abbreviation.Tag == DwarfTag.Namespace ? "(anonymous namespace)" : "{unnamed}";
    }
}
