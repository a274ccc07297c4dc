/// Tools that plan a change of a workload or its pods.
@NullMarked
package io.github.kubewicket.server.tools.workload;

import org.jspecify.annotations.NullMarked;
