/// MCP itself, whatever carries it: messages, both protocol eras, and what a server answers. Says
/// what is on the wire, and knows no wire.
@NullMarked
package io.github.kubewicket.server.protocol;

import org.jspecify.annotations.NullMarked;
