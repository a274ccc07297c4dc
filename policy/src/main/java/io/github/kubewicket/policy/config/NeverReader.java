package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.settings.NeverItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads `never` and `unsafeAllow`.
final class NeverReader {
  private final NameLists lists;

  NeverReader(KnownTools known) {
    this.lists = new NameLists(known);
  }

  /// The items, in the file's order.
  ///
  /// @param isAllAllowed whether `*` stands for every kind; what is allowed has to be named
  List<NeverItem> read(Field list, boolean isAllAllowed) {
    List<NeverItem> items = new ArrayList<>();
    String what = "a list of items such as {kinds: [Service]}";
    for (Field field : list.items(what).orElse(List.of())) {
      field
          .fields("an item such as {kinds: [Service]}", Keys.NEVER)
          .map(keys -> item(keys, isAllAllowed))
          .ifPresent(items::add);
    }
    return items;
  }

  private NeverItem item(Fields keys, boolean isAllAllowed) {
    return new NeverItem(
        keys.required("kinds", "kinds: [Service]")
            .map(it -> NameLists.kinds(it, isAllAllowed))
            .orElse(Set.of()),
        keys.get("tools").map(lists::tools).orElse(Set.of()),
        keys.get("namespaces").map(NameLists::namespaces).orElse(List.of()));
  }
}
