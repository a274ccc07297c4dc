package io.github.kubewicket.policy.config;

/// What is wrong with `tools.yaml`, where, and what was probably meant.
///
/// @param file the file as the operator named it
/// @param line from 1
/// @param column from 1
/// @param field the path of the field, such as `rules[2].tier`; empty for the whole file
/// @param message one sentence with what to do, such as `Unknown key "teir"; did you mean "tier"?`
public record Problem(String file, int line, int column, String field, String message) {
  /// `tools.yaml:12:5: rules[2].tier: …`
  @Override
  public String toString() {
    return file
        + ":"
        + line
        + ":"
        + column
        + ": "
        + (field.isEmpty() ? "" : field + ": ")
        + message;
  }
}
