package io.github.kubewicket.demo.write;

/// What a request says about how to write.
///
/// @param dryRun show what would be, change nothing
/// @param manager recorded as the owner of the written fields
public record WriteOptions(boolean dryRun, String manager) {}
