package io.github.kubewicket.server.cluster;

/// A controlling owner of an object.
///
/// @param kind such as `ReplicaSet`
/// @param name its name
/// @param missing whether the reference points at nothing any more
public record Owner(String kind, String name, boolean missing) {}
