package io.github.kubewicket.server.prompt;

import java.util.function.Predicate;

/// Numbered steps, without those whose tool the caller does not have.
final class Steps {
  private final Predicate<String> has;
  private final StringBuilder text = new StringBuilder();
  private int count;

  Steps(Predicate<String> has) {
    this.has = has;
  }

  /// A step that needs no tool.
  Steps step(String words) {
    count++;
    text.append(count).append(". ").append(words.strip().replace("\n", "\n   ")).append('\n');
    return this;
  }

  /// A step that needs this tool.
  Steps with(String tool, String words) {
    return has.test(tool) ? step(words) : this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
