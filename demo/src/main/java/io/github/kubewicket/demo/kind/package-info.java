/// The kinds that the demo serves, and the columns of their tables.
@NullMarked
package io.github.kubewicket.demo.kind;

import org.jspecify.annotations.NullMarked;
