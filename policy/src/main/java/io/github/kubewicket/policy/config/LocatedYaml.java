package io.github.kubewicket.policy.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A YAML file beside the policy, read as strictly as the policy, as a tree that remembers where
/// everything stands. It may hold Kubernetes objects, so plain scalars get types as in YAML 1.2's
/// core schema, and it may be nested deeper than a policy.
public final class LocatedYaml {
  private static final int DEEPEST = 40;
  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})\\.[0-9]{1,17}([eE][-+]?[0-9]{1,2})?");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String file;
  private final JsonNode root;
  private final Map<String, Yaml.Place> places;

  private LocatedYaml(String file, JsonNode root, Map<String, Yaml.Place> places) {
    this.file = file;
    this.root = root;
    this.places = places;
  }

  /// What came of reading a file.
  public sealed interface Read {
    /// It is YAML.
    record Readable(LocatedYaml document) implements Read {}

    /// It is not, or it is not there.
    ///
    /// @param problems at least one, in the file's order, at most 50
    record Unreadable(List<Problem> problems) implements Read {
      /// Copies the list.
      public Unreadable {
        problems = List.copyOf(problems);
      }
    }
  }

  /// Reads a file of at most 1 MiB: one document, without anchors, aliases, tags and repeated keys.
  public static Read read(Path file) {
    Problems problems = new Problems(file.toString());
    Optional<Yaml> yaml =
        switch (PolicyBytes.of(file)) {
          case PolicyBytes.Unreadable(String message) -> {
            problems.add(Yaml.Place.START, "", message);
            yield Optional.empty();
          }
          case PolicyBytes.Read(byte[] bytes) ->
              PolicyText.decode(bytes, problems)
                  .flatMap(text -> YamlReader.read(text, problems, DEEPEST));
        };
    Map<String, Yaml.Place> places = new HashMap<>();
    JsonNode root = yaml.map(it -> tree(it, "", places, problems)).orElse(JSON.nullNode());
    return problems.count() == 0
        ? new Read.Readable(new LocatedYaml(file.toString(), root, places))
        : new Read.Unreadable(problems.inFileOrder());
  }

  /// What the file holds; null where it is empty.
  public JsonNode root() {
    return root;
  }

  /// Something wrong with what stands at a place, or with what encloses it where nothing does.
  ///
  /// @param pointer a JSON pointer such as `/cases/0/at`
  /// @param message one sentence with what to do
  public Problem problem(String pointer, String message) {
    String known = pointer;
    while (!places.containsKey(known) && !known.isEmpty()) {
      known = known.substring(0, known.lastIndexOf('/'));
    }
    Yaml.Place at = places.getOrDefault(known, Yaml.Place.START);
    return new Problem(file, at.line(), at.column(), path(pointer), Quoted.harmless(message));
  }

  /// The line, from 1, of what stands at a pointer.
  public int line(String pointer) {
    return places.getOrDefault(pointer, Yaml.Place.START).line();
  }

  /// The end of a sentence about a wrong word: `; did you mean "tier"?`, or a full stop.
  public static String meant(String wrong, Collection<String> allowed) {
    return Nearest.hint(wrong, allowed);
  }

  /// Text of the file inside a message: in quotes, short, harmless to a terminal.
  public static String quoted(String text) {
    return Quoted.of(text);
  }

  private static JsonNode tree(
      Yaml yaml, String pointer, Map<String, Yaml.Place> places, Problems problems) {
    places.put(pointer, yaml.at());
    return switch (yaml) {
      case Yaml.Text text -> scalar(text);
      case Yaml.Sequence(List<Yaml> items, var _) -> {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < items.size(); i++) {
          array.add(tree(items.get(i), pointer + "/" + i, places, problems));
        }
        yield array;
      }
      case Yaml.Mapping(List<Yaml.Entry> entries, var _) -> {
        ObjectNode object = JSON.objectNode();
        for (Yaml.Entry entry : entries) {
          member(object, entry, pointer, places, problems);
        }
        yield object;
      }
      case Yaml.Refused _ -> JSON.nullNode();
    };
  }

  private static void member(
      ObjectNode object,
      Yaml.Entry entry,
      String pointer,
      Map<String, Yaml.Place> places,
      Problems problems) {
    if (!(entry.key() instanceof Yaml.Text(String key, boolean _, var at))) {
      problems.add(entry.key().at(), path(pointer), "A key has to be text; put it in quotes.");
      return;
    }
    String inner = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    if (object.has(key)) {
      problems.add(
          at, path(inner), "The key " + Quoted.of(key) + " stands twice; remove one of them.");
      return;
    }
    object.set(key, tree(entry.value(), inner, places, problems));
    if (!(entry.value() instanceof Yaml.Sequence || entry.value() instanceof Yaml.Mapping)) {
      return;
    }
    // A block's own beginning is its first entry; the key says more to a reader.
    places.put(inner, at);
  }

  private static JsonNode scalar(Yaml.Text text) {
    String value = text.value();
    if (!text.plain()) {
      return JSON.stringNode(value);
    }
    if (text.isNothing()) {
      return JSON.nullNode();
    }
    return switch (value) {
      case "true", "True", "TRUE" -> JSON.booleanNode(true);
      case "false", "False", "FALSE" -> JSON.booleanNode(false);
      default -> {
        if (WHOLE.matcher(value).matches()) {
          yield whole(Long.parseLong(value));
        }
        yield DECIMAL.matcher(value).matches()
            ? JSON.numberNode(Double.parseDouble(value))
            : JSON.stringNode(value);
      }
    };
  }

  /// As a JSON parser would have it, so that equal numbers are equal nodes.
  private static JsonNode whole(long number) {
    return number == (int) number ? JSON.numberNode((int) number) : JSON.numberNode(number);
  }

  /// `/cases/0/at` as people write it: `cases[0].at`.
  private static String path(String pointer) {
    return Pattern.compile("/([0-9]+)(?=/|$)")
        .matcher(pointer)
        .replaceAll("[$1]")
        .replace('/', '.')
        .replaceFirst("^\\.", "")
        .replace("~1", "/")
        .replace("~0", "~");
  }
}
