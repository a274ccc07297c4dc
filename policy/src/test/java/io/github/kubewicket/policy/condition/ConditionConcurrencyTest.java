package io.github.kubewicket.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConditionConcurrencyTest {
  private final CelConditions conditions = new CelConditions();

  @Test
  void givesEachOfManyThreadsItsOwnAnswer() throws Exception {
    List<Callable<Boolean>> asks = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int priority = i % 7;
      Inputs inputs = Scene.leak().withObject("{\"priority\":" + priority + "}").inputs();
      asks.add(() ->
          conditions
              .evaluate("[1, 2, 3].all(i, i + object.priority > 3)", inputs)
              .equals(priority > 2 ? new Answer.True() : new Answer.False()));
    }

    List<Future<Boolean>> right;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      right = threads.invokeAll(asks);
    }

    for (Future<Boolean> answer : right) {
      assertThat(answer.get()).isTrue();
    }
  }

  @Test
  void answersTheSameAfterAnExpressionWasForgotten() {
    Inputs inputs = Scene.leak().inputs();
    Answer first = conditions.evaluate("object.spec.priority == 3", inputs);

    for (int i = 0; i < 600; i++) {
      assertThat(conditions.fault("crowd.workloads == " + i)).isEmpty();
    }

    assertThat(conditions.evaluate("object.spec.priority == 3", inputs)).isEqualTo(first);
    assertThat(conditions.kept()).isEqualTo(500);
  }
}
