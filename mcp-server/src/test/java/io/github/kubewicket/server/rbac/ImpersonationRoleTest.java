package io.github.kubewicket.server.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.settings.Impersonation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The right to impersonate callers, as YAML.
class ImpersonationRoleTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void isNothingWhereNobodyIsImpersonated() {
    assertThat(ImpersonationRole.of(List.of(), "ops", "kubewicket")).isEmpty();
  }

  @Test
  void namesUsersAndGroupsThatAreFixed() {
    List<JsonNode> documents =
        documents(
            new Impersonation("agents", List.of("team: a", "b")),
            new Impersonation("a\"b", List.of("b")));

    JsonNode rules = documents.getFirst().path("rules");
    assertThat(rules.at("/0/resources").toString()).isEqualTo("[\"users\"]");
    assertThat(rules.at("/0/resourceNames").toString()).isEqualTo("[\"a\\\"b\",\"agents\"]");
    assertThat(rules.at("/1/resourceNames").toString()).isEqualTo("[\"b\",\"team: a\"]");
    assertThat(rules.at("/2/resources").toString())
        .isEqualTo("[\"userextras/kubewicket.dev/request-id\"]");
    assertThat(rules).allMatch(rule -> rule.path("verbs").toString().equals("[\"impersonate\"]"));
    assertThat(documents.getLast().at("/subjects/0/namespace").asString("")).isEqualTo("ops");
  }

  @Test
  void warnsWhereTemplatesMakeItEverybody() {
    Impersonation as = new Impersonation("kw:{name}", List.of("{groups}"));

    String text = ImpersonationRole.of(List.of(as), "ops", "kubewicket");

    assertThat(text).contains("ALL users", "ALL groups");
    JsonNode rules = documents(as).getFirst().path("rules");
    assertThat(rules).hasSize(3).noneMatch(rule -> rule.has("resourceNames"));
  }

  @Test
  void asksForNoGroupsWhereNoneAreGiven() {
    JsonNode rules = documents(new Impersonation("agents", List.of())).getFirst().path("rules");

    assertThat(rules).hasSize(2);
  }

  private static List<JsonNode> documents(Impersonation... all) {
    List<JsonNode> documents = new ArrayList<>();
    String text = ImpersonationRole.of(List.of(all), "ops", "kubewicket");
    for (String document : text.split("(?m)^---$")) {
      if (!document.isBlank()) {
        documents.add(YAML.readTree(document));
      }
    }
    return documents;
  }
}
