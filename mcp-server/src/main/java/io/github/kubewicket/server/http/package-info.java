/// MCP over HTTP, on Jetty: Streamable HTTP of both eras, the older HTTP+SSE, and the guards in
/// front of them.
@NullMarked
package io.github.kubewicket.server.http;

import org.jspecify.annotations.NullMarked;
