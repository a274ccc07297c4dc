package io.github.kubewicket.policy.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The policy in a file, never older than the file. Every call reads all bytes again, because size,
/// times and inode can stay the same when they change; it parses only bytes that differ from the
/// last ones. A file of 4 KiB costs some tens of microseconds, one of 1 MiB under a millisecond.
///
/// Editors that write in place let a reader see the first half of a file, which may be a valid
/// policy with more rights than the whole. Bytes that differ are therefore read again after 20 ms
/// until two readings agree.
public final class FilePolicySource implements PolicySource {
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
  private record Snapshot(byte[] bytes, Checked checked) {}

  @Override
  public Loaded current() {
    return checked().loaded();
  }

  /// As [#current], with the warnings.
  public Checked checked() {
    Snapshot known = last;
    return switch (disk.get()) {
      case PolicyBytes.Unreadable unreadable -> loader.check(file, unreadable);
      case PolicyBytes.Read(byte[] bytes) -> {
        if (known != null && Arrays.equals(known.bytes(), bytes)) {
          yield known.checked();
        }
        yield known == null ? remember(bytes) : settled(bytes);
      }
    };
  }

  private Checked settled(byte[] first) {
    byte[] before = first;
    for (int i = 0; i < READINGS && pause(); i++) {
      switch (disk.get()) {
        case PolicyBytes.Unreadable unreadable -> {
          return loader.check(file, unreadable);
        }
        case PolicyBytes.Read(byte[] bytes) -> {
          if (Arrays.equals(before, bytes)) {
            return remember(bytes);
          }
          before = bytes;
        }
      }
    }
    return loader.check(
        file, new PolicyBytes.Unreadable("The file is being written; try again when it rests."));
  }

  private Checked remember(byte[] bytes) {
    Checked checked = loader.check(file, bytes);
    last = new Snapshot(bytes, checked);
    return checked;
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
