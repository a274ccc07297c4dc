package io.github.kubewicket.server.tools.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.cluster.ClusterException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  private final Cursor cursor = new Cursor("list_resources", List.of("pods", "shop"));

  @Test
  void readsWhatItWrote() {
    String written = cursor.write(List.of("1", "shop", "wéb"));

    assertThat(cursor.read(Optional.of(written), 3, key -> key))
        .contains(List.of("1", "shop", "wéb"));
    assertThat(cursor.read(Optional.empty(), 3, key -> key)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "", "AAAA", "!!!!", "AAAAAAAAAAAAAAAAAAAAAAAA"})
  void refusesGarbage(String text) {
    assertRefused(cursor, text, 3);
  }

  @Test
  void refusesACursorOfAnotherQueryOrOneThatWasEdited() {
    String written = cursor.write(List.of("1", "shop", "web"));
    Cursor foreign = new Cursor("list_resources", List.of("pods", "data"));
    char[] edited = written.toCharArray();
    edited[edited.length - 2] = edited[edited.length - 2] == 'A' ? 'B' : 'A';

    assertRefused(foreign, written, 3);
    assertRefused(cursor, new String(edited), 3);
    assertRefused(cursor, written, 2);
  }

  @Test
  void refusesAKeyThatIsNone() {
    String forged = cursor.write(List.of("x"));

    ClusterException refused =
        catchThrowableOfType(
            ClusterException.class,
            () -> cursor.read(Optional.of(forged), 1, key -> Integer.parseInt(key.getFirst())));

    assertThat(refused.denial().code()).isEqualTo(Reason.BAD_ARGS);
  }

  private static void assertRefused(Cursor cursor, String text, int parts) {
    ClusterException refused =
        catchThrowableOfType(
            ClusterException.class, () -> cursor.read(Optional.of(text), parts, key -> key));
    assertThat(refused.denial().code()).isEqualTo(Reason.BAD_ARGS);
  }
}
