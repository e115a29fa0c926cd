namespace Kagari.Client.Symbols;

/// <summary>What a method is to those who read a flame graph.</summary>
internal enum FrameRole
{
    /// <summary>Code that someone wrote for this program, or a library.</summary>
    Code,

    /// <summary>What the runtime itself runs above the code in question.</summary>
    Machinery,

    /// <summary>What runs between async methods and starts threads: says nothing of the program.</summary>
    Infrastructure,

    /// <summary>A thread that is here waits, and takes no CPU time.</summary>
    Wait,
}
