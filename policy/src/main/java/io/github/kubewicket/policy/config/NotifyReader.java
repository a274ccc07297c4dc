package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.settings.NotifierSettings;
import java.util.Optional;

/// Reads `notify`.
final class NotifyReader {
  private static final int LONGEST_ADDRESS = 2_000;
  private static final int LONGEST_PATH = 1_000;

  private NotifyReader() {}

  /// Where people are told.
  static NotifierSettings read(Fields keys) {
    return new NotifierSettings(
        keys.get("webhook").flatMap(NotifyReader::webhook),
        keys.get("file").flatMap(NotifyReader::file),
        keys.duration("hold").orElse(NotifierSettings.NONE.hold()));
  }

  private static Optional<String> webhook(Field field) {
    boolean isSafe =
        field.value() instanceof Yaml.Text(String text, boolean _, var _)
            && text.length() <= LONGEST_ADDRESS
            && Addresses.isSafe(text);
    if (!isSafe) {
      field.problem(
          "This is not an https:// address, or an http:// address on loopback, without a user and"
              + " a password in it; give the address that takes the message.");
      return Optional.empty();
    }
    return field.text("an address");
  }

  private static Optional<String> file(Field field) {
    String what = "the absolute path of a file, such as /var/log/kubewicket/acts.jsonl";
    Optional<String> path = field.sentence(what, LONGEST_PATH);
    return path.isPresent() && (!path.get().startsWith("/") || path.get().endsWith("/"))
        ? field.unexpected(what)
        : path;
  }
}
