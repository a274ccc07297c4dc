package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.settings.Guardrails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The schema that editors use says what the readers do. Run with `-Dgolden=write` to write it.
class PolicySchemaTest {
  private static final Path FILE = Path.of("..", "docs", "tools.schema.json");
  private static final Path REFERENCE = Path.of("..", "docs", "tools-yaml.md");
  private static final String BOGUS = "zzz-not-a-key";

  /// A block of the schema.
  ///
  /// @param around the file around the block, with `%s` where it stands
  record Place(String path, String around, JsonNode schema) {
    @Override
    public String toString() {
      return path;
    }

    List<String> keys() {
      return schema.get("properties").properties().stream().map(Map.Entry::getKey).toList();
    }
  }

  @Test
  void isWhatTheReadersWouldWriteToday() throws IOException {
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(FILE, PolicySchema.json());
    }

    assertThat(Files.readString(FILE)).isEqualTo(PolicySchema.json());
  }

  @ParameterizedTest
  @MethodSource("places")
  void namesTheKeysThatTheReadersTake(Place place) {
    String file = place.around().formatted("{" + BOGUS + ": 1}");

    List<Problem> problems = ToolsForTests.problems(ToolsForTests.load(file));

    assertThat(problems)
        .extracting(Problem::message)
        .filteredOn(it -> it.contains(BOGUS))
        .containsExactly(
            "Unknown key \""
                + BOGUS
                + "\"; allowed here: "
                + String.join(", ", place.keys())
                + ".");
    assertThat(place.schema().get("additionalProperties").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("places")
  void requiresWhatTheReadersRequire(Place place) {
    List<String> required = new ArrayList<>();
    place.schema().path("required").forEach(key -> required.add(key.asString()));
    if (place.path().equals(".rules[]")) {
      required.add("tools");
    }

    Loaded loaded = ToolsForTests.load(place.around().formatted("{}"));

    String block = place.path().isEmpty() ? "" : place.path().substring(1).replace("[]", "[0]");
    List<String> missing =
        loaded instanceof Loaded.Invalid(List<Problem> problems)
            ? problems.stream()
                .filter(it -> it.message().contains(" is missing; add it"))
                .filter(it ->
                    it.field().substring(0, Math.max(0, it.field().lastIndexOf('.'))).equals(block))
                .map(it -> it.field().substring(it.field().lastIndexOf('.') + 1))
                .toList()
            : List.of();
    assertThat(missing).containsExactlyInAnyOrderElementsOf(required);
  }

  @Test
  void givesTheDefaultsThatHold() {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, JsonNode> key : schema().get("properties").properties()) {
      defaults(key.getValue()).ifPresent(value -> lines.add(key.getKey() + ": " + value));
    }

    Policy spelled =
        ToolsForTests.valid("apiVersion: kubewicket.dev/v1\n" + String.join("\n", lines) + "\n");

    assertThat(lines).hasSizeGreaterThan(9);
    assertThat(spelled.guardrails()).isEqualTo(Guardrails.usual());
    assertThat(spelled)
        .usingRecursiveComparison()
        .ignoringFields("digest", "http.given")
        .isEqualTo(ToolsForTests.valid("apiVersion: kubewicket.dev/v1\n"));
  }

  @Test
  void hasTheDefaultsOfPartsOfTheContextToo() {
    String parts =
        Stream.of("backups", "deployments")
            .map(name -> {
              JsonNode any = schema().at("/properties/context/properties/" + name + "/anyOf/1");
              return name + ": " + defaults(any).orElseThrow();
            })
            .collect(Collectors.joining(", "));

    Policy policy =
        ToolsForTests.valid("apiVersion: kubewicket.dev/v1\ncontext: {" + parts + "}\n");

    assertThat(policy.guardrails()).isEqualTo(Guardrails.usual());
  }

  @ParameterizedTest
  @MethodSource("places")
  void hasEveryKeyInTheReference(Place place) throws IOException {
    String reference = Files.readString(REFERENCE);

    assertThat(place.keys())
        .allMatch(key ->
            Stream.of("`" + key + "`", "`" + key + ".", "." + key + "`")
                .anyMatch(reference::contains));
  }

  @Test
  void isNamedInTheFirstLineOfTheShippedFile() throws IOException {
    String first = Files.readAllLines(Path.of("..", "tools.yaml")).getFirst();

    assertThat(first).isEqualTo("# yaml-language-server: $schema=docs/tools.schema.json");
  }

  static Stream<Place> places() {
    List<Place> places = new ArrayList<>();
    places.add(new Place("", "%s", schema()));
    collect(schema(), "", "{apiVersion: kubewicket.dev/v1, %s}\n", places);
    return places.stream();
  }

  private static void collect(JsonNode block, String path, String around, List<Place> places) {
    for (Map.Entry<String, JsonNode> key : block.path("properties").properties()) {
      String inner = around.formatted(key.getKey() + ": %s");
      place(key.getValue(), path + "." + key.getKey(), inner, places);
    }
  }

  private static void place(JsonNode shape, String path, String around, List<Place> places) {
    if (shape.has("properties")) {
      places.add(new Place(path, around, shape));
      collect(shape, path, around.formatted("{%s}"), places);
    } else if (shape.has("items")) {
      place(shape.get("items"), path + "[]", around.formatted("[%s]"), places);
    } else if (shape.has("anyOf")) {
      shape.get("anyOf").forEach(it -> place(it, path, around, places));
    }
  }

  private static Optional<String> defaults(JsonNode shape) {
    if (shape.has("default")) {
      JsonNode value = shape.get("default");
      String text = value.isString() ? value.asString() : "";
      boolean isSwitch = text.equals("on") || text.equals("off");
      return Optional.of(isSwitch ? text : value.toString());
    }
    String inner =
        shape.path("properties").properties().stream()
            .flatMap(key -> defaults(key.getValue()).stream().map(it -> key.getKey() + ": " + it))
            .collect(Collectors.joining(", "));
    return inner.isEmpty() ? Optional.empty() : Optional.of("{" + inner + "}");
  }

  private static JsonNode schema() {
    return JsonMapper.builder().build().readTree(PolicySchema.json());
  }
}
