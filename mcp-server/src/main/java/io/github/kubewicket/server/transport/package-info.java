/// Who is calling, over which wire. The only package that sees the MCP SDK.
@NullMarked
package io.github.kubewicket.server.transport;

import org.jspecify.annotations.NullMarked;
