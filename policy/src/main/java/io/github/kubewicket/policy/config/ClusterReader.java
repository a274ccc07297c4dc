package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.settings.ClusterSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `clusters`, and the names of clusters in rules.
final class ClusterReader {
  private static final int LONGEST_PATH = 1_000;
  private static final int LONGEST_CONTEXT = 253;
  private static final String ENTRY = "a cluster with a name, such as {name: prod, context: prod}";

  private ClusterReader() {}

  /// The clusters, in the file's order.
  static List<ClusterSettings> read(Field list) {
    List<ClusterSettings> clusters = new ArrayList<>();
    Unique names = new Unique();
    List<Field> items = list.items("a list of clusters, each with a name").orElse(List.of());
    if (items.isEmpty() && list.value() instanceof Yaml.Sequence) {
      list.problem(
          "The list is empty; leave clusters out to serve the one that kubectl would use.");
    }
    for (Field field : items) {
      field
          .fields(ENTRY, Keys.CLUSTER)
          .flatMap(keys -> cluster(keys, names))
          .ifPresent(clusters::add);
    }
    return clusters;
  }

  private static Optional<ClusterSettings> cluster(Fields keys, Unique names) {
    Optional<Field> nameField = keys.required("name", "name: prod");
    Optional<String> name = nameField.flatMap(it -> Names.read(it, "prod"));
    nameField.ifPresent(at ->
        name.ifPresent(
            text -> names.claim(text, at, "The cluster " + Quoted.of(text), "rename one of them")));
    Optional<String> kubeconfig = keys.get("kubeconfig").flatMap(ClusterReader::path);
    Optional<String> context =
        keys.get("context")
            .flatMap(it -> it.sentence("the name of a context, such as prod", LONGEST_CONTEXT));
    boolean inCluster = keys.onOff("inCluster").orElse(false);
    if (inCluster && (keys.get("kubeconfig").isPresent() || keys.get("context").isPresent())) {
      keys.get("inCluster")
          .ifPresent(at ->
              at.problem(
                  "A cluster is reached from inside, or by a kubeconfig, and not by both; remove"
                      + " inCluster, or kubeconfig and context."));
    }
    return name.map(text -> new ClusterSettings(text, kubeconfig, context, inCluster));
  }

  private static Optional<String> path(Field field) {
    String what = "the absolute path of a file, such as /etc/kubewicket/prod.kubeconfig";
    Optional<String> path = field.sentence(what, LONGEST_PATH);
    return path.isPresent() && (!path.get().startsWith("/") || path.get().endsWith("/"))
        ? field.unexpected(what)
        : path;
  }

  /// The clusters that a rule names, at least one; each has to be one of these.
  static Set<String> named(Field field, Set<String> known) {
    Map<String, Field> names =
        field.names(
            "a list of clusters, such as [prod], or no key at all for every one",
            "the name of a cluster");
    names.forEach((name, at) -> {
      if (known.isEmpty()) {
        at.problem("The file names no clusters; name them under clusters, or remove this key.");
      } else if (!known.contains(name)) {
        at.problem(
            "No cluster is called "
                + Quoted.of(name)
                + "; the clusters are "
                + String.join(", ", known)
                + Nearest.hint(name, known));
      }
    });
    return names.keySet();
  }
}
