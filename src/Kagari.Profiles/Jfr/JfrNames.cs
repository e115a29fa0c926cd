namespace Kagari.Profiles;

/// <summary>The classes that mean something to this reader.</summary>
internal enum JfrClassName : byte
{
    Other,

    // Primitive values.
    Boolean, Byte, Char, Short, Int, Long, Float, Double, String,

    // Constants.
    StackTrace, Method, Class, Symbol, ThreadState,

    // Events.
    ActiveSetting, ExecutionSample, WallClockSample, AllocationInNewTlab, AllocationOutsideTlab, AllocationSample,
    MonitorEnter, ThreadPark, LiveObject, Malloc,
}

/// <summary>The fields that mean something to this reader.</summary>
internal enum JfrRole : byte
{
    None,
    StackTrace, State, ContextId, SpanId, SpanName, Samples, TlabSize, AllocationSize, Weight, Duration, Size,
    Name, Value, Type, Text, Frames, Method, LineNumber,
}

/// <summary>From the names of the metadata.</summary>
internal static class JfrNames
{
    public const int RoleCount = (int)JfrRole.LineNumber + 1;

    public static JfrClassName ClassOf(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("boolean"u8) => JfrClassName.Boolean,
        _ when name.SequenceEqual("byte"u8) => JfrClassName.Byte,
        _ when name.SequenceEqual("char"u8) => JfrClassName.Char,
        _ when name.SequenceEqual("short"u8) => JfrClassName.Short,
        _ when name.SequenceEqual("int"u8) => JfrClassName.Int,
        _ when name.SequenceEqual("long"u8) => JfrClassName.Long,
        _ when name.SequenceEqual("float"u8) => JfrClassName.Float,
        _ when name.SequenceEqual("double"u8) => JfrClassName.Double,
        _ when name.SequenceEqual("java.lang.String"u8) => JfrClassName.String,
        _ when name.SequenceEqual("java.lang.Class"u8) => JfrClassName.Class,
        _ when name.SequenceEqual("jdk.types.StackTrace"u8) => JfrClassName.StackTrace,
        _ when name.SequenceEqual("jdk.types.Method"u8) => JfrClassName.Method,
        _ when name.SequenceEqual("jdk.types.Symbol"u8) => JfrClassName.Symbol,
        _ when name.SequenceEqual("jdk.types.ThreadState"u8) => JfrClassName.ThreadState,
        _ when name.SequenceEqual("jdk.ActiveSetting"u8) => JfrClassName.ActiveSetting,
        _ when name.SequenceEqual("jdk.ExecutionSample"u8) => JfrClassName.ExecutionSample,
        _ when name.SequenceEqual("profiler.WallClockSample"u8) => JfrClassName.WallClockSample,
        _ when name.SequenceEqual("jdk.ObjectAllocationInNewTLAB"u8) => JfrClassName.AllocationInNewTlab,
        _ when name.SequenceEqual("jdk.ObjectAllocationOutsideTLAB"u8) => JfrClassName.AllocationOutsideTlab,
        _ when name.SequenceEqual("jdk.ObjectAllocationSample"u8) => JfrClassName.AllocationSample,
        _ when name.SequenceEqual("jdk.JavaMonitorEnter"u8) => JfrClassName.MonitorEnter,
        _ when name.SequenceEqual("jdk.ThreadPark"u8) => JfrClassName.ThreadPark,
        _ when name.SequenceEqual("profiler.LiveObject"u8) => JfrClassName.LiveObject,
        _ when name.SequenceEqual("profiler.Malloc"u8) => JfrClassName.Malloc,
        _ => JfrClassName.Other,
    };

    public static JfrRole RoleOf(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("stackTrace"u8) => JfrRole.StackTrace,
        _ when name.SequenceEqual("state"u8) => JfrRole.State,
        _ when name.SequenceEqual("contextId"u8) => JfrRole.ContextId,
        _ when name.SequenceEqual("spanId"u8) => JfrRole.SpanId,
        _ when name.SequenceEqual("spanName"u8) => JfrRole.SpanName,
        _ when name.SequenceEqual("samples"u8) => JfrRole.Samples,
        _ when name.SequenceEqual("tlabSize"u8) => JfrRole.TlabSize,
        _ when name.SequenceEqual("allocationSize"u8) => JfrRole.AllocationSize,
        _ when name.SequenceEqual("weight"u8) => JfrRole.Weight,
        _ when name.SequenceEqual("duration"u8) => JfrRole.Duration,
        _ when name.SequenceEqual("size"u8) => JfrRole.Size,
        _ when name.SequenceEqual("name"u8) => JfrRole.Name,
        _ when name.SequenceEqual("value"u8) => JfrRole.Value,
        _ when name.SequenceEqual("type"u8) => JfrRole.Type,
        _ when name.SequenceEqual("string"u8) => JfrRole.Text,
        _ when name.SequenceEqual("frames"u8) => JfrRole.Frames,
        _ when name.SequenceEqual("method"u8) => JfrRole.Method,
        _ when name.SequenceEqual("lineNumber"u8) => JfrRole.LineNumber,
        _ => JfrRole.None,
    };
}
