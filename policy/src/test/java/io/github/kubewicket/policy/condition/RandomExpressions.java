package io.github.kubewicket.policy.condition;

import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Expressions from a grammar, and objects for them to look at. A key begins with the type of its
/// value (`i` an integer, `s` a text, `l` a list, `o` an object, `n` null, `d` a fraction, `b` a
/// boolean), so that the type of a path is known; whether it is there is not.
final class RandomExpressions {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SplittableRandom random;

  RandomExpressions(SplittableRandom random) {
    this.random = random;
  }

  ObjectNode object() {
    ObjectNode object = object(3);
    object.put("i0", 1);
    return object;
  }

  String bool(int depth) {
    if (depth == 0) {
      return pick(
          "true",
          "false",
          "production",
          "workload.rolloutComplete",
          "pod.ready",
          "has(object.i1)",
          "has(object.o1.s1)",
          "object.b1",
          "object.o1.b1");
    }
    int next = depth - 1;
    return switch (random.nextInt(12)) {
      case 0 -> "(" + bool(next) + " && " + bool(next) + ")";
      case 1 -> "(" + bool(next) + " || " + bool(next) + ")";
      case 2 -> "!" + bool(0);
      case 3 -> integer(next) + pick(" < ", " == ", " >= ", " != ") + integer(next);
      case 4 -> text(next) + pick(" == ", " != ", " < ") + text(next);
      case 5 ->
          list(next)
              + pick(".all(x", ".exists(x", ".exists_one(x")
              + depth
              + ", "
              + pick("dyn(x" + depth + ") == " + integer(0), bool(next))
              + ")";
      case 6 -> "(" + bool(next) + " ? " + bool(next) + " : " + bool(next) + ")";
      case 7 -> integer(next) + " in " + list(next);
      case 8 -> text(next) + pick(".startsWith(", ".contains(", ".matches(") + text(0) + ")";
      case 9 -> "dyn(" + notBoolean(next) + ") == " + notBoolean(0);
      case 10 -> "age(" + text(0) + ") > duration(" + pick("'1h'", "'x'", text(0)) + ")";
      default -> "quantity(" + text(0) + ") > double(" + integer(next) + ")";
    };
  }

  String notBoolean(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> integer(depth);
      case 1 -> text(depth);
      case 2 -> list(depth);
      case 3 -> "dyn(" + pick(integer(depth), text(depth), list(depth), "null") + ")";
      case 4 -> pick("object.n1", "object.d1", "object.o1", "object", "workload", "now");
      default -> "(" + bool(Math.max(0, depth - 1)) + " ? " + text(0) + " : " + text(0) + ")";
    };
  }

  String broken() {
    StringBuilder text = new StringBuilder(bool(3));
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, (char) random.nextInt(1, 0xFFFF));
        default -> text.setCharAt(at, pick("(", ")", "'", "\\", ".", "\"", "[", "\n").charAt(0));
      }
    }
    return text.toString();
  }

  private String integer(int depth) {
    if (depth == 0) {
      return pick(
          "0",
          "1",
          "-1",
          "9223372036854775807",
          "object.i0",
          "object.i1",
          "object.o1.i2",
          "crowd.workloads",
          "workload.ready",
          "millis('1')");
    }
    int next = depth - 1;
    return switch (random.nextInt(4)) {
      case 0 -> "(" + integer(next) + pick(" + ", " - ", " * ", " / ", " % ") + integer(next) + ")";
      case 1 -> "size(" + pick(text(next), list(next)) + ")";
      case 2 -> "int(" + text(next) + ")";
      default -> integer(0);
    };
  }

  private String text(int depth) {
    if (depth == 0) {
      return pick(
          "'true'",
          "''",
          "'a('",
          "'5Gi'",
          "'2026-11-23T13:00:00Z'",
          "caller",
          "object.s1",
          "object.o1.s2",
          "pod.waiting",
          "target.labels.app",
          "target.labels.missing");
    }
    return switch (random.nextInt(3)) {
      case 0 -> "(" + text(depth - 1) + " + " + text(depth - 1) + ")";
      case 1 -> "string(" + integer(depth - 1) + ")";
      default -> text(0);
    };
  }

  private String list(int depth) {
    if (depth == 0) {
      return pick("[]", "[1, 2, 3]", "[dyn(true), 1, 's']", "object.l1", "object.o1.l2");
    }
    return switch (random.nextInt(3)) {
      case 0 -> list(depth - 1) + ".map(m" + depth + ", " + bool(depth - 1) + ")";
      case 1 -> list(depth - 1) + ".filter(f" + depth + ", " + bool(depth - 1) + ")";
      default -> list(0);
    };
  }

  private ObjectNode object(int depth) {
    ObjectNode object = JSON.objectNode();
    for (int i = random.nextInt(12); i > 0; i--) {
      int n = random.nextInt(1, 3);
      switch (random.nextInt(7)) {
        case 0 -> object.put("i" + n, random.nextLong(-3, 4));
        case 1 -> object.put("s" + n, pick("true", "", "5Gi", "a('", "\u202e\n"));
        case 2 -> object.set("l" + n, array(depth));
        case 3 -> object.set("o" + n, depth == 0 ? JSON.objectNode() : object(depth - 1));
        case 4 -> object.putNull("n" + n);
        case 5 -> object.put("d" + n, random.nextDouble());
        default -> object.put("b" + n, random.nextBoolean());
      }
    }
    return object;
  }

  private ArrayNode array(int depth) {
    ArrayNode array = JSON.arrayNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> array.add(random.nextInt(4));
        case 1 -> array.add("true");
        case 2 -> array.addNull();
        default -> array.add(depth == 0 ? JSON.booleanNode(true) : object(depth - 1));
      }
    }
    return array;
  }

  private String pick(String... of) {
    return List.of(of).get(random.nextInt(of.length));
  }
}
