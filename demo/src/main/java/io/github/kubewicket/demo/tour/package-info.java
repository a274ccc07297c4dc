/// The tour: an agent, a person and a cluster in memory, played out before the reader's eyes. It is
/// also a test: whatever does not come out as told ends it.
@NullMarked
package io.github.kubewicket.demo.tour;

import org.jspecify.annotations.NullMarked;
