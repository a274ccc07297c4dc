/// Where a person decides: the terminal.
@NullMarked
package io.github.kubewicket.server.people;

import org.jspecify.annotations.NullMarked;
