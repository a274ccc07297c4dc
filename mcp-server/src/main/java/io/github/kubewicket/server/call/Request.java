package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Caller;
import tools.jackson.databind.JsonNode;

/// One tool call as the transport hands it over.
///
/// @param caller from the transport, never from the arguments
/// @param client what the client calls itself; untrusted, for the record only
/// @param tool the tool's name as called
/// @param arguments the raw arguments
/// @param progress where progress is told
public record Request(
    Caller caller, String client, String tool, JsonNode arguments, Progress progress) {}
