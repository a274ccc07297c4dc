package io.github.kubewicket.demo.tour;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// The agent: the MCP Java SDK's own client, talking to a Kubewicket process over its standard
/// streams as any agent runtime does.
final class Agent implements AutoCloseable {
  /// Also how long it takes to notice that no server came up; the SDK does not watch the process.
  private static final Duration START = Duration.ofSeconds(60);

  /// More than the two minutes that Kubewicket verifies a change for.
  private static final Duration AT_MOST = Duration.ofSeconds(150);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final McpSyncClient client;
  private final Screen screen;
  private int calls;

  private Agent(McpSyncClient client, Screen screen) {
    this.client = client;
    this.screen = screen;
  }

  /// Starts a server with these arguments, and shakes hands with it.
  static Agent start(Launcher launcher, List<String> arguments, Screen screen) {
    StdioClientTransport transport =
        new StdioClientTransport(
            ServerParameters.builder(launcher.command().getFirst())
                .args(launcher.words(arguments).subList(1, launcher.words(arguments).size()))
                .env(launcher.environment(launcher.state()))
                .build(),
            McpJsonDefaults.getMapper());
    transport.setStdErrorHandler(line -> keep(launcher, line));
    McpSyncClient client =
        McpClient.sync(transport)
            .clientInfo(McpSchema.Implementation.builder("kubewicket-tour", "1").build())
            .initializationTimeout(START)
            .requestTimeout(AT_MOST)
            .progressConsumer(progress -> screen.progress(progress.message()))
            // The SDK then checks every structured answer against the tool's outputSchema.
            .enableCallToolSchemaCaching(true)
            .build();
    try {
      client.initialize();
      return new Agent(client, screen);
    } catch (RuntimeException e) {
      // Else the server would outlive the tour that runs in a test.
      client.close();
      throw e;
    }
  }

  /// What the server calls itself.
  String server() {
    McpSchema.Implementation info = client.getServerInfo();
    return info.name() + " " + info.version();
  }

  /// The names in `tools/list`.
  List<String> tools() {
    return client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
  }

  /// Calls a tool; the call is shown first, and its progress while it runs.
  Answer call(Call call) {
    screen.typed("agent", call.tool() + " " + shown(call));
    calls += 1;
    McpSchema.CallToolResult result =
        client.callTool(
            McpSchema.CallToolRequest.builder(call.tool())
                .arguments(call.arguments())
                .progressToken("call-" + calls)
                .build());
    String text =
        result.content().stream()
            .filter(McpSchema.TextContent.class::isInstance)
            .map(content -> ((McpSchema.TextContent) content).text())
            .collect(Collectors.joining("\n"));
    return new Answer(
        text, JSON.valueToTree(result.structuredContent()), Boolean.TRUE.equals(result.isError()));
  }

  /// As JSON with spaces, so that long lines have places to break at.
  private static String shown(Call call) {
    return call.arguments().entrySet().stream()
        .map(argument ->
            "\"" + argument.getKey() + "\": " + JSON.writeValueAsString(argument.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  @Override
  public void close() {
    client.closeGracefully();
  }

  private static void keep(Launcher launcher, String line) {
    try {
      Files.writeString(
          launcher.log(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
