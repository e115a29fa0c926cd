namespace Kagari.Server.Ingest;

/// <summary>Why profiles were not stored: the label <c>reason</c> of the discard metrics. The texts are what dashboards of the peer's users expect.</summary>
internal static class DiscardReason
{
    public const string Unknown = "unknown", InvalidLabels = "invalid_labels", MissingLabels = "missing_labels",
        RateLimited = "rate_limited", NotInIngestionWindow = "not_in_ingestion_window",
        MaxLabelNamesPerSeries = "max_label_names_per_series", LabelNameTooLong = "label_name_too_long",
        LabelValueTooLong = "label_value_too_long", DuplicateLabelNames = "duplicate_label_names",
        SeriesLimit = "series_limit", SamplesLimit = "samples_limit", ProfileSizeLimit = "profile_size_limit", SampleLabelsLimit = "sample_labels_limit",
        MalformedProfile = "malformed_profile", BodySizeLimitExceeded = "body_size_limit_exceeded",
        DroppedByRelabelRules = "dropped_by_relabel_rules", NegativeValues = "negative_values", DanglingReferences = "dangling_references",
        StorageFull = "storage_full", IngestLimitReached = "ingest_limit_reached", Sampled = "skipped_by_sampling_rules";
}
