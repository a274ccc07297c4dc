package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.server.cluster.Untrusted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Security incidents that people have marked: by an annotation on the namespace, or on
/// `kube-system` for the whole cluster.
final class Incidents {
  /// The annotation; its value says what happened.
  static final String ANNOTATION = "kubewicket.dev/security-incident";

  private static final String WHOLE_CLUSTER = "kube-system";
  private static final int LONGEST = 200;

  private Incidents() {}

  /// Those that are open. Since when, an annotation does not tell: it is the moment of reading.
  static List<Activity> open(Inquiry inquiry, Instant now) {
    List<Activity> open = new ArrayList<>();
    for (String name : new LinkedHashSet<>(List.of(inquiry.namespace(), WHOLE_CLUSTER))) {
      JsonNode annotation =
          inquiry
              .get(inquiry.named("v1", "Namespace"), Optional.empty(), name)
              .path("metadata")
              .path("annotations")
              .path(ANNOTATION);
      if (!annotation.isMissingNode()) {
        String what = Untrusted.line(annotation.asString(""), LONGEST);
        open.add(
            new Activity(
                what.isEmpty() ? "security incident" : what,
                "annotation of namespace " + name,
                false,
                now,
                Optional.empty(),
                Set.of()));
      }
    }
    return open;
  }
}
