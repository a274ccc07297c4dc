package io.github.kubewicket.demo.store;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One write.
///
/// @param revision of the whole store after it
/// @param key of the object
/// @param before absent when the object was created
/// @param after absent when the object was removed
public record Change(
    long revision, Key key, @Nullable ObjectNode before, @Nullable ObjectNode after) {}
