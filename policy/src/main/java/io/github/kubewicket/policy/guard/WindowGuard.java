package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.window.Windows;

/// Acts keep to the windows of `tools.yaml`; one that closes beats one that opens.
final class WindowGuard implements Guard {
  private final Windows windows;

  WindowGuard(Windows windows) {
    this.windows = windows;
  }

  @Override
  public String name() {
    return "windows";
  }

  @Override
  public Finding look(Case it) {
    if (it.settings().windows().isEmpty()) {
      return new Finding.Passed("there are no windows");
    }
    Target target = it.attempt().target();
    return windows.look(
        it.settings().windows(),
        it.now(),
        target.namespace(),
        target.workloadKind(),
        it.attempt().tool());
  }
}
