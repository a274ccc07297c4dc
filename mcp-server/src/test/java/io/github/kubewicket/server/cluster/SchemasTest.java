package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemasTest {
  private static final String DEFINITIONS =
      """
      {"Widget":{"description":"A thing. It is \\u001b[31msold\\u001b[0m.","type":"object","required":["spec"],
         "properties":{"spec":{"REF"},"tags":{"type":"object","additionalProperties":{"type":"string"}}},
         "x-kubernetes-group-version-kind":[{"group":"example.com","kind":"Widget","version":"v1"}]},
       "Spec":{"description":"What is wanted.","type":"object","properties":{
         "colour":{"type":"string","enum":["red","blue"],"description":"Paint. Password: hunter2"},
         "parts":{"type":"array","items":{"REF"}}}}}
      """;

  private FakeApiServer server;
  private ClusterView view;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server = new FakeApiServer().withKinds();
    view = server.connection(folder).view();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void readsOpenApiThreeOfTheKindsOwnGroupWhereItIsServed() {
    server
        .on(
            "/openapi/v3",
            "{\"paths\":{\"apis/example.com/v1\":{\"serverRelativeURL\":\"/openapi/v3/apis/example.com/v1?hash=A\"}}}")
        .on(
            "/openapi/v3/apis/example.com/v1",
            "{\"openapi\":\"3.0.0\",\"paths\":{\"/x\":{\"deep\":[1,2]}},\"components\":{\"schemas\":"
                + DEFINITIONS.replace(
                    "{\"REF\"}",
                    "{\"allOf\":[{\"$ref\":\"#/components/schemas/Spec\"}],\"default\":{}}")
                + "}}");

    KindSchema whole = view.schema(view.kind("widget"), List.of());
    KindSchema deep = view.schema(view.kind("widget"), List.of("spec", "parts", "parts", "colour"));

    assertThat(whole.description()).isEqualTo("A thing. It is sold.");
    assertThat(whole.fields())
        .containsExactly(
            new KindSchema.Field("spec", "Object", true, "What is wanted."),
            new KindSchema.Field("tags", "map[string]string", false, ""));
    assertThat(deep.type()).isEqualTo("string");
    assertThat(deep.values()).containsExactly("red", "blue");
    assertThat(deep.description()).doesNotContain("hunter2");
  }

  @Test
  void readsOpenApiTwoOfOlderClustersOnce() {
    server.on(
        "/openapi/v2",
        "{\"swagger\":\"2.0\",\"paths\":{\"/x\":{}},\"definitions\":"
            + DEFINITIONS.replace("{\"REF\"}", "{\"$ref\":\"#/definitions/Spec\"}")
            + "}");

    view.schema(view.kind("widget"), List.of());
    KindSchema parts = view.schema(view.kind("widget"), List.of("spec", "parts"));

    assertThat(parts.type()).isEqualTo("[]Object");
    assertThat(parts.fields())
        .extracting(KindSchema.Field::name)
        .containsExactly("colour", "parts");
    assertThat(server.seen()).filteredOn(seen -> seen.path().equals("/openapi/v2")).hasSize(1);
  }

  @Test
  void survivesASchemaThatRefersToItself() {
    server.on(
        "/openapi/v2",
        """
        {"definitions":{"W":{"type":"object","properties":{"a":{"$ref":"#/definitions/Loop"},
          "b":{"$ref":"#/definitions/List"}},
          "x-kubernetes-group-version-kind":[{"group":"example.com","kind":"Widget","version":"v1"}]},
          "Loop":{"$ref":"#/definitions/Loop"},
          "List":{"items":{"$ref":"#/definitions/List"}}}}
        """);

    KindSchema loop = view.schema(view.kind("widget"), List.of("a"));
    KindSchema list = view.schema(view.kind("widget"), List.of("b"));

    assertThat(loop.fields()).isEmpty();
    assertThat(list.type()).startsWith("[][][]").endsWith("Object");
  }

  @Test
  void saysWhichFieldsThereAreWhenOneIsNot() {
    server.on("/openapi/v2", "{\"definitions\":" + DEFINITIONS.replace("{\"REF\"}", "{}") + "}");

    ClusterException unknown =
        catchThrowableOfType(
            ClusterException.class, () -> view.schema(view.kind("widget"), List.of("spce")));

    assertThat(unknown.denial().code()).isEqualTo(Reason.BAD_ARGS);
    assertThat(unknown.denial().hint()).contains("spec, tags");
  }

  @Test
  void saysThatThereIsNoSchema() {
    ClusterException none =
        catchThrowableOfType(
            ClusterException.class, () -> view.schema(view.kind("widget"), List.of()));

    assertThat(none.denial().code()).isEqualTo(Reason.NOT_FOUND);
  }
}
