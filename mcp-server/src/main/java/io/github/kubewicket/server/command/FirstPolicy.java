package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.key.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import tools.jackson.databind.node.StringNode;

/// The `tools.yaml` that somebody begins with, from the template in this package's resources.
final class FirstPolicy {
  private static final String TEMPLATE = "first-tools.yaml";
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private FirstPolicy() {}

  /// Whether it is a namespace's exact name.
  static boolean isNamespace(String name) {
    return LABEL.matcher(name).matches();
  }

  /// The text of the file.
  ///
  /// @param namespace where the one rule acts
  /// @param state the state directory, where acts are noted for people
  static String text(String namespace, Path state) {
    // JSON's quoting is YAML's too, whatever the path holds.
    String acts =
        StringNode.valueOf(state.toAbsolutePath().resolve("acts.jsonl").toString()).toString();
    return resource(TEMPLATE).replace("@NAMESPACE@", namespace).replace("@ACTS@", acts);
  }

  /// Writes it.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException when there is such a file; it is left alone
  static void write(Path file, String namespace, Path state) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      PrivateFile.createDirectories(folder);
    }
    Files.writeString(
        file, text(namespace, state), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /// A text among this package's resources.
  static String resource(String name) {
    try (InputStream in = FirstPolicy.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing from the jar.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("The resource " + name + " cannot be read.", e);
    }
  }
}
