/// What a tool is: its name, its arguments bound to a record, and its schemas.
@NullMarked
package io.github.kubewicket.server.catalogue;

import org.jspecify.annotations.NullMarked;
