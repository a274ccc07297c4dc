package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Operations;
import io.github.kubewicket.policy.Permit;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.change.Change;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Sends writing requests: a dry run as often as wanted, the act once and only for a permit.
final class Sender {
  private static final int ATTEMPTS = 3;

  private final Api api;

  Sender(Api api) {
    this.api = api;
  }

  /// What the API server says would come out.
  ///
  /// @param answer the object, or a Status
  /// @param warnings its warnings
  record Rehearsal(JsonNode answer, List<String> warnings) {}

  /// Reads an object anew.
  LiveObject read(String path) {
    ApiAnswer answer = api.send(ApiRequest.get(path));
    if (answer.status() >= 400) {
      throw ApiErrors.of(answer);
    }
    return new LiveObject(LiveView.parse(answer.body()));
  }

  /// Asks the API server what would happen.
  ///
  /// @throws ClusterException `PDB_BLOCKED`, `TARGET_CHANGED`, `FORBIDDEN`, `NOT_FOUND` or
  ///   `DRYRUN_FAILED`
  ///
  /// @param again reads the target anew, for when the API server says that its version is another
  ///   by now
  Rehearsal rehearse(Operation operation, LiveObject target, Supplier<LiveObject> again) {
    ApiAnswer answer = agreed(target, again, now -> api.send(operation.dryRun(now)));
    if (answer.status() >= 400) {
      Denial refusal = refusal(answer);
      throw new ClusterException(refusal.code(), refusal.message(), refusal.hint());
    }
    return new Rehearsal(LiveView.parse(answer.body()), answer.warnings());
  }

  /// Does it. When the API server says that the object's version is another by now, `again` reads
  /// the object anew, and the same bytes are sent once more if what is wanted of the object is
  /// still the same; a refused request has done nothing.
  Change.Applied act(
      Operation operation, LiveObject target, Permit permit, Supplier<LiveObject> again) {
    String digest =
        Operations.digest(
            operation.verb(),
            operation.path(),
            operation.contentType(),
            operation.bodyHash(),
            target.uid());
    if (!permit.use(digest)) {
      return new Change.Applied.Refused(
          Denial.of(
              Reason.DIGEST_MISMATCH,
              "The permit was made for another change, or was used.",
              "Call again."));
    }
    ApiAnswer answer;
    try {
      answer = agreed(target, again, now -> api.send(operation.act(now)));
    } catch (ClusterException e) {
      return new Change.Applied.Unclear(e.denial().message());
    }
    if (answer.status() < 400) {
      return new Change.Applied.Done();
    }
    return answer.status() >= 500
        ? new Change.Applied.Unclear(refusal(answer).message())
        : new Change.Applied.Refused(refusal(answer));
  }

  /// Sends, and sends the same once more when only the object's version is another (409):
  /// controllers write its status all the time. A request that met a conflict has done nothing.
  private static ApiAnswer agreed(
      LiveObject target, Supplier<LiveObject> again, Function<LiveObject, ApiAnswer> send) {
    ApiAnswer answer = send.apply(target);
    for (int attempt = 1; answer.status() == 409 && attempt < ATTEMPTS; attempt++) {
      LiveObject now = again.get();
      if (!sameWish(target, now)) {
        return answer;
      }
      answer = send.apply(now);
    }
    return answer;
  }

  private static boolean sameWish(LiveObject before, LiveObject now) {
    return before.uid().equals(now.uid())
        && before.generation() == now.generation()
        && before.specHash().equals(now.specHash());
  }

  private static Denial changed() {
    return Denial.of(
        Reason.TARGET_CHANGED,
        "The target changed while the change was being decided.",
        "Look at it again, then call again.");
  }

  private static Denial refusal(ApiAnswer answer) {
    String said = ApiErrors.said(answer.body());
    return switch (answer.status()) {
      case 409 -> changed();
      case 400, 422 ->
          // A UID that is not the object's any more is, to the server, a field that may not change.
          said.contains("metadata.uid")
              ? changed()
              : Denial.of(
                  Reason.DRYRUN_FAILED,
                  "The API server refused the change: " + said,
                  "Correct the call, or hand over to a person.");
      case 429 ->
          said.contains("disruption budget")
              ? Denial.of(
                  Reason.PDB_BLOCKED,
                  "A PodDisruptionBudget allows no disruption now: " + said,
                  "Wait until more pods are ready, or hand over to a person.")
              : ApiErrors.of(answer).denial();
      default -> ApiErrors.of(answer).denial();
    };
  }
}
