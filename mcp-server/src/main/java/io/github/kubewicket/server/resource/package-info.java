/// What can be read by address: objects, reports on namespaces, and changes; and who is told when
/// they change.
@NullMarked
package io.github.kubewicket.server.resource;

import org.jspecify.annotations.NullMarked;
