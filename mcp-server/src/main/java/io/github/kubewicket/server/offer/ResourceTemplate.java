package io.github.kubewicket.server.offer;

/// Resources that are many: an RFC 6570 level-1 template, each `{variable}` one percent-encoded
/// segment of the path.
///
/// @param uriTemplate such as `kubewicket://changes/{id}`
/// @param name short and stable, for programs
/// @param title a few words for people
/// @param description one or two sentences
/// @param mimeType of what a read gives
public record ResourceTemplate(
    String uriTemplate, String name, String title, String description, String mimeType) {}
