namespace Kagari.Client;

/// <summary>What became of a question for the labels of a thread at a time.</summary>
internal enum LabelLookup
{
    /// <summary>They are known.</summary>
    Found,

    /// <summary>The thread changed its labels so often since then that they are overwritten.</summary>
    Lost,
}
