/// Refusals as the API's own `Status` objects.
@NullMarked
package io.github.kubewicket.demo.status;

import org.jspecify.annotations.NullMarked;
