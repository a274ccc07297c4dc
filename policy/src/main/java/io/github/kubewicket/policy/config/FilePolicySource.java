package io.github.kubewicket.policy.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The policy in a file; see [PolicySource#file].
///
/// Editors that write in place let a reader see the first half of a file, which may be a valid
/// policy with more rights than the whole. Bytes that differ from the last ones are therefore read
/// again after 20 ms until two readings agree.
final class FilePolicySource implements PolicySource {
  private static final Duration SETTLES = Duration.ofMillis(20);
  private static final int READINGS = 25;

  private final PolicyFile loader;
  private final String file;
  private final Supplier<PolicyBytes> disk;
  private volatile @Nullable Snapshot last;

  FilePolicySource(PolicyFile loader, Path file) {
    this(loader, file.toString(), () -> PolicyBytes.of(file));
  }

  FilePolicySource(PolicyFile loader, String file, Supplier<PolicyBytes> disk) {
    this.loader = loader;
    this.file = file;
    this.disk = disk;
  }

  // Never compared as a record; the array is shared by nobody else.
  @SuppressWarnings("ArrayRecordComponent")
  private record Snapshot(byte[] bytes, Loaded loaded) {}

  @Override
  public Loaded current() {
    Snapshot known = last;
    PolicyBytes now = disk.get();
    if (known == null) {
      return remember(now);
    }
    return isSame(now, known.bytes()) ? known.loaded() : settled(now);
  }

  private Loaded settled(PolicyBytes first) {
    PolicyBytes before = first;
    for (int i = 0; i < READINGS && before instanceof PolicyBytes.Read(byte[] bytes); i++) {
      if (!pause()) {
        break;
      }
      PolicyBytes now = disk.get();
      if (isSame(now, bytes)) {
        return remember(now);
      }
      before = now;
    }
    return before instanceof PolicyBytes.Unreadable
        ? loader.load(file, before)
        : loader.load(
            file,
            new PolicyBytes.Unreadable("The file is being written; try again when it rests."));
  }

  private Loaded remember(PolicyBytes now) {
    Loaded loaded = loader.load(file, now);
    if (now instanceof PolicyBytes.Read(byte[] bytes)) {
      last = new Snapshot(bytes, loaded);
    }
    return loaded;
  }

  private static boolean isSame(PolicyBytes now, byte[] before) {
    return now instanceof PolicyBytes.Read(byte[] bytes) && Arrays.equals(bytes, before);
  }

  private static boolean pause() {
    try {
      Thread.sleep(SETTLES);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
