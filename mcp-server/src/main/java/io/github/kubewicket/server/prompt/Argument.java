package io.github.kubewicket.server.prompt;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a prompt's argument may look like: so narrow that a value which fits is a name or a time
/// and nothing else, wherever in a text it stands.
///
/// @param pattern of the whole value; matches in linear time, at most a few hundred characters
/// @param allowed the same in words, such as `an exact namespace name`
record Argument(Pattern pattern, String allowed) {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
  private static final int LONGEST = 300;

  static final Argument NAMESPACE =
      new Argument(Pattern.compile(LABEL), "an exact namespace name, such as shop");
  static final Argument WORKLOAD =
      new Argument(
          Pattern.compile(
              "(deployment|statefulset|daemonset)/[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?"),
          "deployment/, statefulset/ or daemonset/ and an exact name, such as deployment/web");
  static final Argument SINCE =
      new Argument(
          Pattern.compile("[1-9][0-9]{0,3}[mhd]"), "a span in minutes, hours or days, such as 4h");

  /// One of these names and nothing else.
  static Argument oneOf(List<String> names) {
    return new Argument(
        Pattern.compile(names.stream().map(Pattern::quote).collect(Collectors.joining("|"))),
        "one of " + String.join(", ", names));
  }

  /// Whether the value may stand in a prompt.
  boolean fits(String value) {
    return value.length() <= LONGEST && pattern.matcher(value).matches();
  }
}
