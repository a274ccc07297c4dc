/// Label and field selectors.
@NullMarked
package io.github.kubewicket.demo.select;

import org.jspecify.annotations.NullMarked;
