package io.github.kubewicket.policy.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// The bytes of a policy file, or why there are none.
sealed interface PolicyBytes {
  /// The largest file that is read: 1 MiB.
  int MOST = 1 << 20;

  /// What the file holds now. Never compared as a record.
  @SuppressWarnings("ArrayRecordComponent")
  record Read(byte[] bytes) implements PolicyBytes {}

  /// Nothing to read.
  ///
  /// @param message one sentence with what to do
  record Unreadable(String message) implements PolicyBytes {}

  /// The bytes themselves, if they are not too many.
  static PolicyBytes of(byte[] bytes) {
    return bytes.length > MOST
        ? new Unreadable("The file is larger than 1 MiB; a policy is far smaller.")
        : new Read(bytes);
  }

  /// Reads the file, following links. A pipe or a device is refused: it could block or never end.
  static PolicyBytes of(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        return new Unreadable(
            "This is a directory; name the file, such as " + file.resolve("tools.yaml") + ".");
      }
      if (!attributes.isRegularFile()) {
        return new Unreadable("This is not a regular file; name a file that stays as it is.");
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MOST + 1);
        return of(bytes);
      }
    } catch (NoSuchFileException e) {
      return new Unreadable("The file does not exist; create it, or name another one.");
    } catch (AccessDeniedException e) {
      return new Unreadable(
          "The file may not be read by the user who runs Kubewicket; grant it read permission.");
    } catch (IOException | SecurityException e) {
      return new Unreadable(
          "The file cannot be read ("
              + e.getClass().getSimpleName()
              + "); check its path and its disk.");
    }
  }
}
