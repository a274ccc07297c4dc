package io.github.kubewicket.server.e2e;

import java.util.HashMap;
import java.util.Map;

/// The arguments of the write tools.
final class Calls {
  private Calls() {}

  static Map<String, Object> restart(TestNamespace namespace, String workload) {
    return change(namespace, "workload", workload);
  }

  static Map<String, Object> scale(TestNamespace namespace, String workload, int replicas) {
    return with(change(namespace, "workload", workload), "replicas", replicas);
  }

  static Map<String, Object> evict(TestNamespace namespace, String pod) {
    return change(namespace, "pod", pod);
  }

  /// The same call with one argument more, or another value of it.
  static Map<String, Object> with(Map<String, Object> arguments, String name, Object value) {
    Map<String, Object> more = new HashMap<>(arguments);
    more.put(name, value);
    return more;
  }

  private static Map<String, Object> change(TestNamespace namespace, String field, String target) {
    return Map.of("namespace", namespace.name(), field, target, "reason", "it hangs");
  }
}
