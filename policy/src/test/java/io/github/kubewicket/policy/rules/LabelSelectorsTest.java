package io.github.kubewicket.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.rules.LabelSelector.Requirement;
import io.github.kubewicket.policy.rules.LabelSelectors.Parsed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorsTest {
  @Test
  void readsEveryOperator() {
    Parsed parsed =
        LabelSelectors.parse("a=1, b==2,c!=3, d in (x, y,),e notin(z),example.com/f , !g,in=in");

    assertThat(parsed)
        .isEqualTo(
            new Parsed.Selector(
                new LabelSelector(
                    List.of(
                        new Requirement.In("a", Set.of("1")),
                        new Requirement.In("b", Set.of("2")),
                        new Requirement.NotIn("c", Set.of("3")),
                        new Requirement.In("d", Set.of("x", "y", "")),
                        new Requirement.NotIn("e", Set.of("z")),
                        new Requirement.Exists("example.com/f"),
                        new Requirement.Absent("g"),
                        new Requirement.In("in", Set.of("in"))))));
  }

  // From TestSelectorParse of k8s.io/apimachinery/pkg/labels, without its < and >.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x=a,y=b,z=c",
        "x!=a,y=b",
        "x=",
        "x= ",
        "x=,z= ",
        "x= ,z= ",
        "!x",
        "x in (a,,b)",
        "x in (,)"
      })
  void takesWhatKubernetesTakes(String selector) {
    assertThat(LabelSelectors.parse(selector)).isInstanceOf(Parsed.Selector.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          x=a;y=b      | 3
          x==a==b      | 5
          !x=a         | 3
          x<a          | 2
          x>5          | 2
          x in a       | 6
          x in (a      | 8
          x in ()      | 7
          x in (a b)   | 9
          ,a           | 1
          a,           | 3
          a,,b         | 3
          !            | 2
          !!a          | 2
          a!b          | 3
          -a           | 1
          a-           | 1
          a=-b         | 3
          a=b c        | 5
          a notin b    | 9
          a with b     | 3
          /a           | 1
          a/           | 1
          a/b/c        | 1
          A.com/a      | 1
          a..b/c       | 1
          ä=1          | 1
          """)
  void saysWhereASelectorIsWrong(String selector, int at) {
    Parsed parsed = LabelSelectors.parse(selector);

    assertThat(parsed)
        .isInstanceOfSatisfying(
            Parsed.Wrong.class,
            wrong -> {
              assertThat(wrong.at()).isEqualTo(at);
              assertThat(wrong.message()).isNotBlank().doesNotEndWith(".");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void refusesAnEmptySelector(String selector) {
    assertThat(LabelSelectors.parse(selector)).isInstanceOf(Parsed.Wrong.class);
  }

  @Test
  void boundsLengthsAsKubernetesDoes() {
    String longest = "a".repeat(63);
    String prefix = "a.".repeat(126) + "a";

    assertThat(LabelSelectors.parse(prefix + "/" + longest + "=" + longest))
        .isInstanceOf(Parsed.Selector.class);
    assertThat(LabelSelectors.parse(longest + "a")).isInstanceOf(Parsed.Wrong.class);
    assertThat(LabelSelectors.parse("a=" + longest + "a")).isInstanceOf(Parsed.Wrong.class);
    assertThat(LabelSelectors.parse("a" + prefix + "/b")).isInstanceOf(Parsed.Wrong.class);
    assertThat(LabelSelectors.parse("a,".repeat(50) + "a")).isInstanceOf(Parsed.Wrong.class);
    assertThat(LabelSelectors.parse("a=" + "b".repeat(5_000))).isInstanceOf(Parsed.Wrong.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          app=web                | app=web         | true
          app=web                | app=api         | false
          app=web                | tier=db         | false
          app!=web               | app=web         | false
          app!=web               | tier=db         | true
          app                    | app=            | true
          !app                   | app=            | false
          !app                   | tier=db         | true
          app=                   | app=            | true
          app in (web, api),tier | app=api,tier=db | true
          app in (web, api),tier | app=api         | false
          app notin (web, api)   | app=api         | false
          app notin (web, api)   | app=db          | true
          """)
  void matchesAsKubernetesDoes(String selector, String labels, boolean matches) {
    Map<String, String> map =
        Arrays.stream(labels.split(","))
            .map(label -> label.split("=", -1))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));

    Parsed parsed = LabelSelectors.parse(selector);

    assertThat(parsed)
        .isInstanceOfSatisfying(
            Parsed.Selector.class,
            right -> assertThat(right.selector().matches(map)).isEqualTo(matches));
  }

  @Test
  void neverThrows() {
    SplittableRandom random = new SplittableRandom(20_261_123L);
    String letters = "ab=!(),<> \tin/-._0\ud83d\ude00\0";
    int right = 0;

    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      switch (LabelSelectors.parse(text.toString())) {
        case Parsed.Selector(LabelSelector selector) -> {
          assertThat(selector.requirements()).isNotEmpty();
          right++;
        }
        case Parsed.Wrong(int at, String _) -> assertThat(at).isBetween(1, text.length() + 1);
      }
    }

    assertThat(right).isPositive();
  }
}
