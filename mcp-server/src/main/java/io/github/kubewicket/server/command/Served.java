package io.github.kubewicket.server.command;

import io.github.kubewicket.server.call.MeasuredCalls;
import io.github.kubewicket.server.protocol.Surface;

/// What a server serves.
///
/// @param surface what clients can reach
/// @param calls the same's tool calls, for their measures
record Served(Surface surface, MeasuredCalls calls) {}
