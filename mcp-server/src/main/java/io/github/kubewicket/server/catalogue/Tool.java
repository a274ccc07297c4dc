package io.github.kubewicket.server.catalogue;

import tools.jackson.databind.node.ObjectNode;

/// A tool as an agent sees it.
public sealed interface Tool permits ReadTool, PolicyTool, WriteTool {
  /// `verb_noun`, the snake case of the class.
  String name();

  /// A few words for people.
  String title();

  /// What it does and when to use it, under 300 characters; agents pay for every token.
  String description();

  /// Its arguments.
  Input<?> input();

  /// JSON Schema (2020-12) of the structured content.
  ObjectNode outputSchema();

  /// Whether calling it again with the same arguments changes nothing more.
  boolean idempotent();
}
