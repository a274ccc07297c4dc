package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.settings.CallerTerms;
import java.util.List;
import java.util.stream.IntStream;

/// What in valid `callers` is probably not meant.
///
/// @param warnings where it goes
record CallersAdvice(Problems warnings) {
  /// Adds what there is to say. The first entry that matches a caller holds, so one behind others
  /// that match all that it matches never does.
  void on(PolicyReader.Draft draft) {
    List<Field> fields =
        draft.file().get("callers").flatMap(it -> it.items("callers")).orElse(List.of());
    List<CallerTerms> all = draft.policy().callers().terms();
    for (int i = 1; i < all.size(); i++) {
      List<Field> covering = covering(all, fields, i);
      if (!covering.isEmpty()) {
        Field field = fields.get(i);
        warnings.add(
            field.value().at(),
            field.path(),
            "This entry never holds, because "
                + (covering.size() == 1 ? "the one at line " : "those at lines ")
                + String.join(", ", covering.stream().map(it -> "" + it.line()).toList())
                + (covering.size() == 1 ? " matches" : " match")
                + " everybody whom it matches; move it up or remove it.");
      }
    }
  }

  /// The earlier entries that leave nobody to this one, each once; empty where somebody is left.
  private static List<Field> covering(List<CallerTerms> all, List<Field> fields, int at) {
    List<Integer> first =
        all.get(at).match().stream()
            .map(name ->
                IntStream.range(0, at)
                    .filter(i -> Coverage.covers(all.get(i).match(), name))
                    .findFirst()
                    .orElse(-1))
            .distinct()
            .sorted()
            .toList();
    return first.contains(-1) ? List.of() : first.stream().map(fields::get).toList();
  }
}
