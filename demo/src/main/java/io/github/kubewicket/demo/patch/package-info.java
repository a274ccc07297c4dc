/// The three patch formats: JSON patch, merge patch, strategic merge patch.
@NullMarked
package io.github.kubewicket.demo.patch;

import org.jspecify.annotations.NullMarked;
