package io.github.kubewicket.demo.read;

import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.select.FieldSelector;
import io.github.kubewicket.demo.select.LabelSelector;
import io.github.kubewicket.demo.status.Outcome;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Which objects a request is about.
///
/// @param labels required labels
/// @param fields required fields
public record Selection(LabelSelector labels, FieldSelector fields) {
  /// Reads `labelSelector` and `fieldSelector` of a query.
  public static Outcome<Selection> of(Kind kind, Map<String, String> query) {
    return LabelSelector.parse(query.getOrDefault("labelSelector", ""))
        .then(labels ->
            FieldSelector.parse(kind, query.getOrDefault("fieldSelector", ""))
                .then(fields -> Outcome.done(new Selection(labels, fields))));
  }

  /// Whether the object is one of them.
  public boolean matches(ObjectNode object) {
    return labels.matches(object) && fields.matches(object);
  }
}
