package io.github.kubewicket.server.offer;

/// A resource that can be listed.
///
/// @param uri where it is read, such as `kubewicket://changes`
/// @param name short and stable, for programs
/// @param title a few words for people
/// @param description one or two sentences
/// @param mimeType of what a read gives
public record Resource(
    String uri, String name, String title, String description, String mimeType) {}
