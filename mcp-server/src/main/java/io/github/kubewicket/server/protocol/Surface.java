package io.github.kubewicket.server.protocol;

import io.github.kubewicket.policy.Caller;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Everything that clients can reach, in MCP's own trees and the same in both eras. Methods that
/// work may be interrupted, which cancels them; what they throw reaches no client.
public interface Surface {
  /// The result of `tools/list`.
  Answer tools(Caller caller);

  /// The input schema of a tool that this caller may see.
  Optional<JsonNode> inputSchema(Caller caller, String tool);

  /// `tools/call`.
  ///
  /// @param tool a name that a tool could have
  Answer call(Exchange exchange, String tool, JsonNode arguments) throws InterruptedException;

  /// The result of `resources/list`.
  Answer resources(Caller caller);

  /// The result of `resources/templates/list`.
  Answer templates(Caller caller);

  /// `resources/read`.
  Answer read(Exchange exchange, String uri) throws InterruptedException;

  /// The result of `prompts/list`.
  Answer prompts(Caller caller);

  /// `prompts/get`.
  Answer prompt(Exchange exchange, String name, ObjectNode arguments) throws InterruptedException;

  /// `completion/complete`.
  Answer complete(Caller caller, ObjectNode params);

  /// Watches one resource.
  ///
  /// @param changed runs at a change, on a thread of the server's; short
  /// @return what ends it; empty where there is no such resource, or no room
  Optional<AutoCloseable> subscribe(Caller caller, String uri, Runnable changed);

  /// Watches the lists that this caller sees.
  ///
  /// @return what ends it
  AutoCloseable watch(Caller caller, Consumer<Listing> changed);
}
