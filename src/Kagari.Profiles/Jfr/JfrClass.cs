namespace Kagari.Profiles;

/// <summary>A class of the metadata: what an event, a constant or a value within them is made of.</summary>
internal readonly record struct JfrClass(JfrClassName Name, int FieldStart, int FieldCount);

/// <summary>A field of a class, in the order of its bytes.</summary>
/// <param name="Role">What it is to this reader.</param>
/// <param name="ClassId">The class of its value.</param>
/// <param name="Class">Its row, once all classes are known; −1 where there is none.</param>
/// <param name="IsConstant">The value is the id of a constant.</param>
/// <param name="IsArray">A count and that many values.</param>
internal readonly record struct JfrField(JfrRole Role, long ClassId, int Class, bool IsConstant, bool IsArray);
