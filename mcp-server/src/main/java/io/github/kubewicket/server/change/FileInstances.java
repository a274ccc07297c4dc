package io.github.kubewicket.server.change;

import io.github.kubewicket.policy.ledger.LedgerException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Processes that share a state directory. Each holds a lock on a file of its own; the operating
/// system lets go of it however the process ends.
public final class FileInstances implements Instances {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  private final Path directory;
  private final String own;
  private @Nullable FileChannel held;

  /// Names this process; nothing is locked before [#announce].
  ///
  /// @param state the state directory
  /// @param own this process's name, `[a-z0-9-]{1,64}`, unique among all that ever were
  public FileInstances(Path state, String own) {
    if (!NAME.matcher(own).matches()) {
      throw new IllegalArgumentException("An instance's name is [a-z0-9-]{1,64}.");
    }
    this.directory = state.resolve("instances");
    this.own = own;
  }

  @Override
  public String own() {
    return own;
  }

  /// Takes this process's lock.
  ///
  /// @throws LedgerException when the state directory cannot be written
  @Override
  public synchronized void announce() {
    if (held != null) {
      return;
    }
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      FileChannel channel =
          FileChannel.open(file(own), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      FileLock lock = channel.lock();
      if (!lock.isValid()) {
        throw new IOException("no lock on " + file(own).getFileName());
      }
      held = channel;
    } catch (IOException e) {
      throw new LedgerException(
          "The state directory "
              + directory.getParent()
              + " cannot be written; check that it is a directory of yours on a disk with room.",
          e);
    }
  }

  @Override
  public boolean alive(String instance) {
    // Opening and closing our own file would let go of our own lock (fcntl(2)).
    if (instance.equals(own)) {
      return true;
    }
    if (!NAME.matcher(instance).matches()) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file(instance), StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        return true;
      }
      Files.deleteIfExists(file(instance));
      return false;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException | OverlappingFileLockException e) {
      return true;
    }
  }

  @Override
  public synchronized void close() {
    FileChannel channel = held;
    held = null;
    if (channel == null) {
      return;
    }
    try {
      Files.deleteIfExists(file(own));
      channel.close();
    } catch (IOException e) {
      // The lock ends with the process at the latest.
      return;
    }
  }

  private Path file(String instance) {
    return directory.resolve(instance + ".lock");
  }
}
