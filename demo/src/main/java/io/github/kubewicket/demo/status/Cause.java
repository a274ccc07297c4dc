package io.github.kubewicket.demo.status;

/// One reason among several, usually about a field.
///
/// @param reason `FieldValueInvalid`, `DisruptionBudget`, ...
/// @param message for people
/// @param field `spec.replicas`; empty where it is about no field
public record Cause(String reason, String message, String field) {
  /// A value out of bounds.
  public static Cause invalid(String field, String value, String why) {
    return new Cause("FieldValueInvalid", "Invalid value: " + value + ": " + why, field);
  }

  /// A field that has to be there.
  public static Cause required(String field, String why) {
    return new Cause(
        "FieldValueRequired", "Required value" + (why.isEmpty() ? "" : ": " + why), field);
  }

  /// A word that is not among the known ones.
  public static Cause unsupported(String field, String value, java.util.List<String> known) {
    StringBuilder words = new StringBuilder();
    for (String word : known) {
      words.append(words.isEmpty() ? "" : ", ").append('"').append(word).append('"');
    }
    return new Cause(
        "FieldValueNotSupported",
        "Unsupported value: \"" + value + "\": supported values: " + words,
        field);
  }

  /// A change that may not be made.
  public static Cause forbidden(String field, String why) {
    return new Cause("FieldValueForbidden", "Forbidden: " + why, field);
  }

  /// As it stands in the sentence of the whole status.
  String sentence() {
    return field.isEmpty() ? message : field + ": " + message;
  }
}
