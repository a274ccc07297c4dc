package io.github.kubewicket.server.cluster;

/// One line of a log, redacted.
///
/// @param time RFC 3339 as the kubelet wrote it; empty where there is none
/// @param text at most 4,096 characters; untrusted
/// @param hidden how many bytes were left out at its end
public record LogLine(String time, String text, int hidden) {}
