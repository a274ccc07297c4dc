package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.config.PolicySchema;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.StringNode;

/// What stands beside a first `tools.yaml`: cases that try its rule, and the JSON Schema that its
/// first line names.
final class FirstCases {
  private static final String TEMPLATE = "first-tools.test.yaml";
  private static final String SCHEMA = "tools.schema.json";

  private FirstCases() {}

  /// Where the cases of a policy stand: `tools.test.yaml` beside `tools.yaml`.
  static Path beside(Path policy) {
    String name = String.valueOf(policy.getFileName());
    String stem = name.endsWith(".yaml") ? name.substring(0, name.length() - 5) : name;
    return policy.resolveSibling(stem + ".test.yaml");
  }

  /// The text of the file of cases.
  ///
  /// @param policy the policy's own file
  /// @param namespace where its one rule acts
  static String text(Path policy, String namespace) {
    String name = StringNode.valueOf(String.valueOf(policy.getFileName())).toString();
    return FirstPolicy.resource(TEMPLATE)
        .replace("@NAMESPACE@", namespace)
        .replace("@POLICY@", name);
  }

  /// Writes both; what is there already is left alone.
  ///
  /// @return what was written
  static List<Path> write(Path policy, String namespace) throws IOException {
    List<Path> written = new ArrayList<>();
    Path cases = beside(policy);
    if (wrote(cases, text(policy, namespace))) {
      written.add(cases);
    }
    Path schema = policy.resolveSibling(SCHEMA);
    if (wrote(schema, PolicySchema.json())) {
      written.add(schema);
    }
    return List.copyOf(written);
  }

  private static boolean wrote(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
