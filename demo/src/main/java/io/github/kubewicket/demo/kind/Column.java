package io.github.kubewicket.demo.kind;

/// One column of a kind's table.
///
/// @param name as kubectl prints it, before it makes it upper case
/// @param type `string`, `integer`, `boolean` or `date`
/// @param format `name` for the name's column, else empty
/// @param priority 0 is always shown, 1 only in the wide output
/// @param cell a JSON pointer into the object, or `@` and the name of a computed cell
/// @param description one sentence
public record Column(
    String name, String type, String format, int priority, String cell, String description) {}
