package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.context.NamespaceState;
import io.github.kubewicket.policy.context.PodState;
import io.github.kubewicket.policy.context.WorkloadState;
import java.util.Map;

/// An object whose owners have marked it is left alone: the label or annotation
/// `kubewicket.dev/protect` on it, its workload or its namespace, with any value but `false`.
final class ProtectedGuard implements Guard {
  private static final String MARK = "kubewicket.dev/protect";

  @Override
  public String name() {
    return "protected";
  }

  @Override
  public Finding look(Case it) {
    return Unseen.orRefused(
        it.around().workload(),
        "marks of protection on the workload",
        workload ->
            Unseen.orRefused(
                it.around().pod(),
                "marks of protection on the pod",
                pod ->
                    judged(
                        it,
                        isMarked(workload) || pod.filter(ProtectedGuard::isMarked).isPresent())));
  }

  private static Finding judged(Case it, boolean marked) {
    boolean namespace = it.around().namespace().map(ProtectedGuard::isMarked).orElse(false);
    return marked || namespace || isMarked(it.attempt().target().labels())
        ? new Finding.Refused(
            Denial.of(
                Reason.PROTECTED_OBJECT,
                it.attempt().target().describe() + " is marked with " + MARK + ".",
                "Hand over to its owners; no approval lifts this."))
        : new Finding.Passed("nothing is marked with " + MARK);
  }

  private static boolean isMarked(PodState pod) {
    return isMarked(pod.annotations());
  }

  private static boolean isMarked(WorkloadState workload) {
    return isMarked(workload.labels()) || isMarked(workload.annotations());
  }

  private static boolean isMarked(NamespaceState namespace) {
    return isMarked(namespace.labels()) || isMarked(namespace.annotations());
  }

  private static boolean isMarked(Map<String, String> marks) {
    return marks.containsKey(MARK) && !"false".equals(marks.get(MARK));
  }
}
