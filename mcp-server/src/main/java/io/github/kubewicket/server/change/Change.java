package io.github.kubewicket.server.change;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Permit;
import io.github.kubewicket.policy.Preview;
import io.github.kubewicket.policy.Target;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// One change in hand: the target as it was read just now, and what can be done with it. Tools
/// plan; only the call path holds one of these.
public interface Change {
  /// The object that it acts on.
  Target target();

  /// Asks the API server what would happen (`dryRun=All`), with the exact bytes that [#apply] would
  /// send.
  ///
  /// @param plannedAt the moment that the bytes carry, where they carry one
  Preview preview(Instant plannedAt);

  /// Sends the bytes that were previewed, once, with the target's UID and resourceVersion as
  /// preconditions, and never again after an unclear answer. Uses up the permit; a permit for
  /// anything else is refused.
  Applied apply(Permit permit, Preview preview);

  /// Looks whether the target is as the change wants it, right now.
  Health health();

  /// What would put things back as they were, where there is such a thing.
  Optional<Plan> inverse();

  /// What the API server made of it.
  sealed interface Applied {
    /// It was done.
    record Done() implements Applied {}

    /// The API server refused; nothing was done.
    record Refused(Denial denial) implements Applied {}

    /// No clear answer came; it may or may not have been done.
    record Unclear(String message) implements Applied {}
  }

  /// How the target is doing.
  sealed interface Health {
    /// As wanted, and ready.
    record Healthy(String message) implements Health {}

    /// On its way.
    record Progressing(int ready, int wanted, String message) implements Health {}

    /// It will not get there by itself.
    record Failed(String message) implements Health {}

    /// It cannot be seen at the moment.
    record Unseen(String message) implements Health {}

    /// Looks; whatever goes wrong while looking is no verdict about the target.
    static Health looking(Supplier<Health> look) {
      try {
        return look.get();
      } catch (RuntimeException e) {
        return new Unseen(String.valueOf(e.getMessage()));
      }
    }
  }
}
