using System.Buffers.Text;

namespace Kagari.Profiles;

/// <summary>The classes that a chunk describes itself with: a tree of named elements with attributes.</summary>
/// <remarks>
/// <code>
/// size, 0, start, duration, id      event header
/// count, strings                    all names and values of the tree
/// element: name, count, (key, value)*, count, element*      numbers of strings
/// </code>
/// Only <c>class</c> elements and the <c>field</c> elements right below them matter: annotations, settings and the
/// region are passed over.
/// </remarks>
internal sealed class JfrMetadata
{
    private FlatList<byte> _bytes;
    private FlatList<int> _ends;
    private FlatList<JfrField> _fields;
    private FlatList<(int ChildrenLeft, int Class)> _open;
    private IdTable<JfrClass> _classes;

    public long MemoryBytes => _bytes.Capacity + (4L * _ends.Capacity) + (24L * _fields.Capacity) + _classes.MemoryBytes;

    /// <summary>The class of a row.</summary>
    public JfrClass this[int row] => _classes[row];

    /// <summary>The row of a class id, or −1.</summary>
    public int Find(long id) => _classes.Find(id);

    public ReadOnlySpan<JfrField> FieldsOf(in JfrClass type) => _fields.Span.Slice(type.FieldStart, type.FieldCount);

    /// <summary>Reads the metadata event at the cursor; a failure is the cursor's.</summary>
    public void Read(ref JfrCursor cursor)
    {
        _bytes.Clear();
        _ends.Clear();
        _fields.Clear();
        _open.Clear();
        _classes.Clear();
        cursor.ReadLong();   // start
        cursor.ReadLong();   // duration
        cursor.ReadLong();   // id of the metadata
        for (var strings = cursor.ReadCount(); strings > 0 && !cursor.Failed; strings--)
        {
            cursor.ReadText().AppendTo(ref _bytes, cursor);
            _ends.Add(_bytes.Count);
        }
        ReadElements(ref cursor);
        foreach (ref var field in _fields.Span) field = field with { Class = Find(field.ClassId) };
    }

    private void ReadElements(ref JfrCursor cursor)
    {
        // No recursion: a tree as deep as the input is long must not end the process.
        do
        {
            if (!cursor.TryStep()) return;
            var parent = _open.Count == 0 ? -1 : _open[_open.Count - 1].Class;
            var type = ReadElement(ref cursor, parent);
            _open.Add((cursor.ReadCount(), type));
            while (_open.Count > 0 && _open[_open.Count - 1].ChildrenLeft == 0) _open.Truncate(_open.Count - 1);
            if (_open.Count > 0) _open[_open.Count - 1].ChildrenLeft--;
        }
        while (_open.Count > 0);
    }

    /// <summary>Reads name and attributes; returns the row of the class that the element is, or −1.</summary>
    private int ReadElement(ref JfrCursor cursor, int parent)
    {
        var name = String(cursor.ReadInt());
        var attributes = default(Attributes);
        for (var count = cursor.ReadCount(); count > 0 && !cursor.Failed; count--) attributes.Set(String(cursor.ReadInt()), cursor.ReadInt(), this);
        if (cursor.Failed) return -1;
        if (name.SequenceEqual("class"u8))
        {
            _classes.Set(attributes.Id, new JfrClass(JfrNames.ClassOf(String(attributes.Name)), _fields.Count, 0));
            return _classes.Find(attributes.Id);
        }
        if (parent >= 0 && name.SequenceEqual("field"u8))
        {
            ref var type = ref _classes[parent];
            _fields.Add(new JfrField(JfrNames.RoleOf(String(attributes.Name)), attributes.Class, -1, attributes.IsConstant, attributes.IsArray));
            type = type with { FieldCount = type.FieldCount + 1 };
        }
        return -1;
    }

    private ReadOnlySpan<byte> String(int index)
    {
        if ((uint)index >= (uint)_ends.Count) return default;
        var start = index == 0 ? 0 : _ends[index - 1];
        return _bytes.Span[start.._ends[index]];
    }

    private struct Attributes
    {
        public long Id, Class;
        public int Name;
        public bool IsConstant, IsArray;

        public void Set(ReadOnlySpan<byte> key, int value, JfrMetadata owner)
        {
            if (key.SequenceEqual("id"u8)) Id = Number(owner.String(value));
            else if (key.SequenceEqual("class"u8)) Class = Number(owner.String(value));
            else if (key.SequenceEqual("name"u8)) Name = value;
            else if (key.SequenceEqual("constantPool"u8)) IsConstant = owner.String(value).SequenceEqual("true"u8);
            else if (key.SequenceEqual("dimension"u8)) IsArray = !owner.String(value).SequenceEqual("0"u8);
        }

        /// <summary>No id has more than 20 characters, and nobody may have a megabyte of zeros read for each attribute.</summary>
        private static long Number(ReadOnlySpan<byte> text) => text.Length <= 20 && Utf8Parser.TryParse(text, out long number, out _) ? number : 0;
    }
}
