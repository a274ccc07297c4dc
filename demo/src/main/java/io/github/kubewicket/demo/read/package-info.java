/// Lists, tables, metadata-only answers and watches.
@NullMarked
package io.github.kubewicket.demo.read;

import org.jspecify.annotations.NullMarked;
