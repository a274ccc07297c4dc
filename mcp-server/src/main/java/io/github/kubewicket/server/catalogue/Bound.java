package io.github.kubewicket.server.catalogue;

/// What came of binding a call's JSON to a tool's arguments.
///
/// @param <A> the record of the arguments
public sealed interface Bound<A> {
  /// They fit.
  record Ready<A>(A arguments) implements Bound<A> {}

  /// They do not; the sentence names the argument and what is allowed.
  record Invalid<A>(String message) implements Bound<A> {}
}
