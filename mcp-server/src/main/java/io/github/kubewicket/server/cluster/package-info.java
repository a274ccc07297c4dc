/// The cluster: redacted reads, and writes that need a permit. The only package that sees fabric8.
@NullMarked
package io.github.kubewicket.server.cluster;

import org.jspecify.annotations.NullMarked;
