package io.github.kubewicket.server.offer;

/// What a prompt is told.
///
/// @param name for programs
/// @param title for people
/// @param description what it means, and what is allowed
/// @param required whether the prompt needs it
public record PromptArgument(String name, String title, String description, boolean required) {}
