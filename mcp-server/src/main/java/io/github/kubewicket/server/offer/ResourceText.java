package io.github.kubewicket.server.offer;

/// What a resource holds, redacted.
///
/// @param uri as it was asked for
/// @param mimeType of the text
/// @param text within the answer budget
public record ResourceText(String uri, String mimeType, String text) {}
