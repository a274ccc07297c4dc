package io.github.kubewicket.demo.tour;

import tools.jackson.databind.JsonNode;

/// What a tool answered.
///
/// @param text what the model reads
/// @param structured what a program reads
/// @param error whether it failed or was refused
record Answer(String text, JsonNode structured, boolean error) {
  /// A member of the structure as text; empty where there is none.
  String member(String name) {
    return structured.path(name).asString("");
  }

  /// Goes on only with a refusal of this code.
  Answer mustRefuse(String code) {
    Surprise.unless(
        error && member("code").equals(code), "The answer should be the refusal " + code, text);
    return this;
  }

  /// Goes on only with a change that was done and verified.
  Answer mustBeVerified() {
    Surprise.unless(
        !error && member("result").equals("verified"), "The change should be verified", text);
    return this;
  }

  /// Goes on only with an answer that is no error.
  Answer mustWork() {
    Surprise.unless(!error, "The call should work", text);
    return this;
  }

  /// Goes on only where this holds.
  Answer must(boolean holds, String what) {
    Surprise.unless(holds, what, text + "\n" + structured);
    return this;
  }
}
