package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.window.Times;
import io.github.kubewicket.policy.window.Window;
import io.github.kubewicket.policy.window.Window.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads `windows`.
final class WindowReader {
  private final NameLists lists;

  WindowReader(KnownTools known) {
    this.lists = new NameLists(known);
  }

  /// The windows that are right, in the file's order.
  List<Window> read(Field list) {
    List<Window> windows = new ArrayList<>();
    Unique names = new Unique();
    for (Field field :
        list.items("a list of windows, each with name, mode and times").orElse(List.of())) {
      field
          .fields("a window with name, mode and times", Keys.WINDOW)
          .flatMap(keys -> window(field, keys, names))
          .ifPresent(windows::add);
    }
    return windows;
  }

  private Optional<Window> window(Field field, Fields keys, Unique names) {
    Optional<Field> nameField = keys.required("name", "name: nightly");
    Optional<String> name = nameField.flatMap(it -> Names.read(it, "nightly"));
    nameField.ifPresent(at ->
        name.ifPresent(
            text -> names.claim(text, at, "The window " + Quoted.of(text), "rename one of them")));
    Optional<Mode> mode =
        keys.required("mode", "mode: deny")
            .flatMap(it -> it.word(Keys.words(Mode.values()).words()))
            .map(word -> Mode.valueOf(word.toUpperCase(Locale.ROOT)));
    Optional<Times> times = TimesReader.read(field, keys);
    List<String> namespaces = keys.get("namespaces").map(NameLists::namespaces).orElse(List.of());
    Set<String> kinds = keys.get("kinds").map(it -> NameLists.kinds(it, false)).orElse(Set.of());
    Set<String> tools = keys.get("tools").map(lists::tools).orElse(Set.of());
    Tier ceiling =
        keys.getUnlessEmpty("ceiling")
            .flatMap(it -> it.word(List.of(Tier.NEVER.word(), Tier.APPROVE.word())))
            .map(word -> word.equals(Tier.APPROVE.word()) ? Tier.APPROVE : Tier.NEVER)
            .orElse(Tier.NEVER);
    Optional<String> reason =
        keys.getUnlessEmpty("reason")
            .flatMap(it -> it.sentence("why, such as \"nightly backup\"", Keys.LONGEST_LINE));
    return name.isEmpty() || mode.isEmpty() || times.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Window(
                name.get(),
                mode.get(),
                List.of(times.get()),
                namespaces,
                kinds,
                tools,
                ceiling,
                reason));
  }
}
