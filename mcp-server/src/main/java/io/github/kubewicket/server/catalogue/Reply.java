package io.github.kubewicket.server.catalogue;

import tools.jackson.databind.node.ObjectNode;

/// What a call ends in: a short text for the model, and the structure that its output schema
/// describes.
///
/// @param text short; not a copy of the structure
/// @param structured fits the tool's output schema
/// @param error whether the call failed or was refused (`isError`)
public record Reply(String text, ObjectNode structured, boolean error) {}
