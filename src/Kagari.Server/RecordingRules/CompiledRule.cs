using Kagari.Query;
using Kagari.Wire.Settings;

namespace Kagari.Server.RecordingRules;

/// <summary>A rule that was checked, ready to be evaluated.</summary>
/// <param name="Rule">The rule as it is shown, with its profile type filled in.</param>
/// <param name="Selector">Which series, the profile type included.</param>
/// <param name="Filter">Which stacks.</param>
internal sealed record CompiledRule(RecordingRule Rule, Selector Selector, StackFilter Filter);
