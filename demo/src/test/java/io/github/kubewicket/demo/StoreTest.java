package io.github.kubewicket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.store.Key;
import io.github.kubewicket.demo.store.Store;
import io.github.kubewicket.demo.store.Watcher;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The limits of the memory.
class StoreTest {
  private final Store store = new Store();

  @Test
  void isFullAtTwentyThousandObjects() {
    for (int i = 0; i < Store.MAX_OBJECTS - 1; i++) {
      put(i);
    }
    boolean before = store.full();
    put(Store.MAX_OBJECTS);

    assertThat(before).isFalse();
    assertThat(store.full()).isTrue();
  }

  @Test
  void cutsOffAWatcherThatDoesNotKeepUp() throws Exception {
    try (Watcher watcher = store.watch("things", "", store.revision()).orElseThrow()) {
      for (int i = 0; i < 1_500; i++) {
        put(i);
      }
      int read = 0;
      while (!watcher.over() && watcher.next(Duration.ZERO) != null) {
        read++;
      }

      assertThat(read).isEqualTo(1_000);
      assertThat(watcher.over()).isTrue();
    }
  }

  @Test
  void refusesMoreWatchersThanItHasRoomFor() {
    for (int i = 0; i < Store.MAX_WATCHERS; i++) {
      assertThat(store.watch("things", "", store.revision())).isPresent();
    }

    assertThat(store.watch("things", "", store.revision())).isEmpty();
  }

  @Test
  void forgetsChangesOfLongAgo() {
    long start = store.revision();
    for (int i = 0; i < 5_000; i++) {
      put(i);
    }

    assertThat(store.remembers(start)).isFalse();
    assertThat(store.remembers(store.revision() - 100)).isTrue();
  }

  private void put(int number) {
    store.put(new Key("things", "", "thing-" + number), Json.object());
  }
}
