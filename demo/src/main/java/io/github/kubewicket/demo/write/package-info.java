/// Create, replace, patch, delete, scale, evict: defaults, validation and preconditions.
@NullMarked
package io.github.kubewicket.demo.write;

import org.jspecify.annotations.NullMarked;
