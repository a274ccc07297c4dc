/// The tools themselves, one file each.
@NullMarked
package io.github.kubewicket.server.tools;

import org.jspecify.annotations.NullMarked;
