/// The image, the chart and the manifests of `deploy/`.
@NullMarked
package io.github.kubewicket.server.deploy;

import org.jspecify.annotations.NullMarked;
