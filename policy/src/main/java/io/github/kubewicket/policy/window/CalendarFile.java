package io.github.kubewicket.policy.window;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// A calendar in a file. It is looked at for every answer and read again when its time or size
/// changed, and every minute whatever they say. What cannot be read now is not there: no older copy
/// stands in for it.
final class CalendarFile implements CalendarCopy {
  private static final Duration READ_AGAIN = Duration.ofMinutes(1);

  private final Path path;
  private final ZoneId zone;
  private final InstantSource clock;
  private @Nullable Stamp stamp;
  private Instant readAt = Instant.EPOCH;
  private @Nullable CalendarSnapshot good;
  private @Nullable CalendarFault bad;

  CalendarFile(Path path, ZoneId zone, InstantSource clock) {
    this.path = path;
    this.zone = zone;
    this.clock = clock;
  }

  private record Stamp(FileTime changed, long size) {}

  @Override
  public void prepare() {
    // A file is read at once.
  }

  @Override
  public synchronized CalendarSnapshot snapshot(Instant now, Duration maxStale)
      throws CalendarFault {
    Stamp found = look();
    Instant time = clock.instant();
    if (!found.equals(stamp) || CalendarCopy.apart(readAt, time, READ_AGAIN)) {
      read(now);
      stamp = found;
      readAt = time;
    }
    CalendarSnapshot copy = good;
    if (bad != null || copy == null) {
      throw bad == null ? new CalendarFault("was not read") : bad;
    }
    good = copy.around(now, clock);
    return good;
  }

  private void read(Instant now) {
    bad = null;
    try {
      String text = text();
      CalendarSnapshot before = good;
      good =
          before != null && before.text().equals(text)
              ? before.readAgain(clock.instant())
              : CalendarSnapshot.of(text, zone, now, clock);
    } catch (CalendarFault e) {
      good = null;
      bad = e;
    }
  }

  private Stamp look() throws CalendarFault {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new CalendarFault("is not a file");
      }
      if (attributes.size() > CalendarCopies.MOST_BYTES) {
        throw new CalendarFault("is larger than 1 MiB");
      }
      return new Stamp(attributes.lastModifiedTime(), attributes.size());
    } catch (NoSuchFileException e) {
      throw new CalendarFault("does not exist");
    } catch (IOException | SecurityException e) {
      throw new CalendarFault("cannot be read");
    }
  }

  private String text() throws CalendarFault {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(CalendarCopies.MOST_BYTES + 1);
      if (bytes.length > CalendarCopies.MOST_BYTES) {
        throw new CalendarFault("is larger than 1 MiB");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CalendarFault("cannot be read");
    }
  }
}
