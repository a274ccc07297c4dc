package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.limit.Budget;
import io.github.kubewicket.policy.rules.Rule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Damage a valid file at random: reading it never throws, and what still loads is whole.
class MutatedPolicyTest {
  private static final int ROUNDS = 3_000;
  private static final long SEED = 20_261_123L;
  private static final String BITS = ":-[]{}#&*!|>'\"%@`,?~ \t\n\r\0\\/=<()0aA\ufeff\u202e\u00e9";

  @Test
  void neverThrowsAndNeverLoadsHalfAPolicy() throws Exception {
    byte[] whole =
        ToolsForTests.shippedWithExamples()
            .replace(ToolsForTests.PASTE, ToolsForTests.KEY)
            .getBytes(StandardCharsets.UTF_8);
    SplittableRandom random = new SplittableRandom(SEED);
    int valid = 0;

    for (int i = 0; i < ROUNDS; i++) {
      byte[] damaged = damage(whole, random);
      Checked checked = ToolsForTests.LOADER.check("tools.yaml", damaged);
      switch (checked.loaded()) {
        case Loaded.Valid(Policy policy) -> {
          assertWhole(policy);
          valid++;
        }
        case Loaded.Invalid(List<Problem> problems) -> assertPlaced(problems, damaged);
      }
    }

    assertThat(valid).isBetween(ROUNDS / 50, ROUNDS * 9 / 10);
  }

  private static void assertWhole(Policy policy) {
    assertThat(ToolsForTests.READ).containsAll(policy.tools());
    assertThat(policy.rules()).extracting(Rule::name).doesNotHaveDuplicates();
    assertThat(policy.budgets().stream().map(Budget::name)).hasSize(11).doesNotHaveDuplicates();
    assertThat(policy.approvers()).extracting(Policy.Approver::keyId).doesNotHaveDuplicates();
    for (Rule rule : policy.rules()) {
      assertThat(ToolsForTests.WRITE).containsAll(rule.tools());
      assertThat(rule.tools()).isNotEmpty();
      assertThat(rule.namespaces()).isNotEmpty().allMatch(Names::isNamespacePattern);
    }
  }

  private static void assertPlaced(List<Problem> problems, byte[] file) {
    assertThat(problems).isNotEmpty().hasSizeLessThanOrEqualTo(50);
    long lines = 2 + new String(file, StandardCharsets.UTF_8).chars().filter(c -> c < ' ').count();
    assertThat(problems)
        .allSatisfy(problem -> {
          assertThat((long) problem.line()).isBetween(1L, lines);
          assertThat(problem.column()).isPositive();
          assertThat(problem.message()).isNotBlank().matches(m -> m.length() < 700);
          assertThat(problem.toString().chars()).noneMatch(Character::isISOControl);
        });
  }

  private static byte[] damage(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole;
    for (int times = random.nextInt(1, 4); times > 0 && bytes.length > 1; times--) {
      int at = random.nextInt(bytes.length);
      int end = Math.min(bytes.length, at + random.nextInt(1, 40));
      int code = BITS.codePointAt(random.nextInt(BITS.length()));
      byte[] bit = Character.toString(code).getBytes(StandardCharsets.UTF_8);
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> join(Arrays.copyOf(bytes, at), bit, rest(bytes, at));
            case 1 -> join(Arrays.copyOf(bytes, at), bit, rest(bytes, at + 1));
            case 2 -> join(Arrays.copyOf(bytes, at), rest(bytes, end));
            case 3 -> join(Arrays.copyOf(bytes, end), rest(bytes, at));
            case 4 -> Arrays.copyOf(bytes, at);
            default ->
                join(
                    Arrays.copyOf(bytes, at),
                    new byte[] {(byte) random.nextInt()},
                    rest(bytes, at + 1));
          };
    }
    return bytes;
  }

  private static byte[] rest(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
  }

  private static byte[] join(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
