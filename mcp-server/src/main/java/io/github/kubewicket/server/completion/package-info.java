/// Suggests values while somebody types: namespaces, kinds, names.
@NullMarked
package io.github.kubewicket.server.completion;

import org.jspecify.annotations.NullMarked;
