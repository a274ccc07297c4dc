package io.github.kubewicket.policy.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Files that belong to one user: mode 0600, in directories of mode 0700.
public final class PrivateFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFile() {}

  /// Creates a file of mode 0600 with this content, whole or not at all.
  ///
  /// @throws FileAlreadyExistsException when there is a file of that name; it is left alone
  /// @throws IOException when the file cannot be written
  public static void create(Path file, String content, RandomGenerator random) throws IOException {
    byte[] suffix = new byte[8];
    random.nextBytes(suffix);
    Path part =
        file.resolveSibling(file.getFileName() + "." + HexFormat.of().formatHex(suffix) + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      // A hard link is the one rename that fails where the name is taken, in one step.
      Files.createLink(file, part);
    } finally {
      Files.deleteIfExists(part);
    }
    flushDirectoryOf(file);
  }

  /// Creates an empty file of mode 0600 unless there is a file of that name already.
  public static void createEmptyIfAbsent(Path file) throws IOException {
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      return;
    }
    flushDirectoryOf(file);
  }

  /// Creates a directory of mode 0700, and those above it that are missing.
  public static void createDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY_DIRECTORY));
    }
  }

  /// Why other users could change this file or directory, in one sentence; empty where they cannot.
  public static Optional<String> whyOthersMayWrite(Path path) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
    return mode.contains(PosixFilePermission.GROUP_WRITE)
            || mode.contains(PosixFilePermission.OTHERS_WRITE)
        ? Optional.of(
            "Users other than the owner may write to %s (mode %s); take that away with \"chmod go-w %s\"."
                .formatted(path, PosixFilePermissions.toString(mode), path))
        : Optional.empty();
  }

  /// Why other users could read or change this file, in one sentence; empty where they cannot.
  public static Optional<String> whyOthersMayRead(Path path) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
    return mode.stream().allMatch(OWNER_ONLY_DIRECTORY::contains)
        ? Optional.empty()
        : Optional.of(
            "Users other than the owner may use %s (mode %s); take that away with \"chmod 600 %s\"."
                .formatted(path, PosixFilePermissions.toString(mode), path));
  }

  /// Whether there is anything of this name, even a link that leads nowhere.
  public static boolean isTaken(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static void flushDirectoryOf(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      return;
    }
    // A new name survives a power cut only once its directory is on the disk as well.
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
