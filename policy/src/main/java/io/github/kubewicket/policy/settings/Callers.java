package io.github.kubewicket.policy.settings;

import io.github.kubewicket.policy.Caller;
import java.util.List;
import java.util.Optional;

/// Who may do what at most, from `callers`.
///
/// @param listed whether the file has the key; without it everybody may what the rules say
/// @param terms in the file's order; the first that speaks of a caller holds
public record Callers(boolean listed, List<CallerTerms> terms) {
  /// What holds where the file is silent.
  public static final Callers EVERYBODY = new Callers(false, List.of());

  /// Copies the list.
  public Callers {
    terms = List.copyOf(terms);
  }

  /// What holds for this caller; empty for one of whom nothing speaks, who may nothing at all.
  public Optional<CallerTerms> termsOf(Caller caller) {
    return listed
        ? terms.stream().filter(it -> it.speakOf(caller)).findFirst()
        : Optional.of(CallerTerms.EVERYTHING);
  }
}
