package io.github.kubewicket.server.tools.policy;

import io.github.kubewicket.server.catalogue.Field;
import java.util.regex.Pattern;

/// Arguments that name a target, as the tools for changes spell them, none of the last two
/// required.
final class Places {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";

  static final Field<String> NAMESPACE =
      Field.text("namespace", "Namespace, exact", Pattern.compile(LABEL), "an exact namespace name")
          .required();
  static final Field<String> WORKLOAD =
      Field.text(
          "workload",
          "Kind and exact name, such as deployment/web",
          Pattern.compile("[A-Za-z][A-Za-z0-9.-]{0,120}/" + SUBDOMAIN),
          "a kind and an exact name, such as deployment/web");
  static final Field<String> POD =
      Field.text("pod", "Exact pod name", Pattern.compile(SUBDOMAIN), "an exact pod name");

  private Places() {}
}
