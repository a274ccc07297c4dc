package io.github.kubewicket.server.cluster;

import java.time.Instant;
import java.util.Optional;

/// Which part of which log is asked for.
///
/// @param namespace of the pod
/// @param pod its name
/// @param container its container
/// @param previous the log of the container before its last restart
/// @param since nothing older
/// @param tail at most this many of the newest lines
/// @param maxBytes where to stop reading
public record LogQuery(
    String namespace,
    String pod,
    String container,
    boolean previous,
    Optional<Instant> since,
    int tail,
    long maxBytes) {}
