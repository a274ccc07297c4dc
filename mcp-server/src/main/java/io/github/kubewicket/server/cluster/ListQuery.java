package io.github.kubewicket.server.cluster;

import java.util.Optional;

/// Which objects of a kind are asked for.
///
/// @param kind the kind
/// @param namespace empty for all namespaces, and for kinds without one
/// @param labelSelector as kubectl's `-l`; empty for all
/// @param fieldSelector as kubectl's `--field-selector`; empty for all
public record ListQuery(
    KindInfo kind, Optional<String> namespace, String labelSelector, String fieldSelector) {}
