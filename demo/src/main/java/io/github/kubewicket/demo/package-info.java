/// An in-memory Kubernetes API with a small shop in it, for people who have no cluster at hand.
@NullMarked
package io.github.kubewicket.demo;

import org.jspecify.annotations.NullMarked;
