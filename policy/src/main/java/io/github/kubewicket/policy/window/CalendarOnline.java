package io.github.kubewicket.policy.window;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A calendar at an address. It is fetched in the background, at most every five minutes, and every
/// minute until it was read once. A fetch that fails, or brings something that is no calendar,
/// leaves the last good copy in place until that one is too old. Only the very first answer waits,
/// six seconds at most.
final class CalendarOnline implements CalendarCopy {
  private static final Duration FETCH_AGAIN = Duration.ofMinutes(5);
  private static final Duration TRY_AGAIN = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(6);

  private final URI address;
  private final ZoneId zone;
  private final CalendarAddress network;
  private final InstantSource clock;
  private final Executor background;

  private @Nullable Instant triedAt;
  private CompletableFuture<Void> fetching = CompletableFuture.completedFuture(null);
  private @Nullable CalendarSnapshot good;
  private @Nullable String failure;

  CalendarOnline(
      URI address, ZoneId zone, CalendarAddress network, InstantSource clock, Executor background) {
    this.address = address;
    this.zone = zone;
    this.network = network;
    this.clock = clock;
    this.background = background;
  }

  @Override
  public CalendarSnapshot snapshot(Instant now, Duration maxStale) throws CalendarFault {
    CompletableFuture<Void> fetch = fetchWhereDue();
    if (isUntold()) {
      await(fetch);
    }
    return current(now, maxStale);
  }

  @Override
  public void prepare() {
    var _ = fetchWhereDue();
  }

  private synchronized CompletableFuture<Void> fetchWhereDue() {
    Instant time = clock.instant();
    Duration pause = good == null ? TRY_AGAIN : FETCH_AGAIN;
    boolean isDue = triedAt == null || CalendarCopy.apart(triedAt, time, pause);
    if (isDue && fetching.isDone()) {
      triedAt = time;
      try {
        fetching = CompletableFuture.runAsync(this::fetch, background);
      } catch (RejectedExecutionException e) {
        failure = "cannot be fetched, since too much else is going on";
      }
    }
    return fetching;
  }

  private void fetch() {
    try {
      String text = network.read(address, CalendarCopies.MOST_BYTES);
      keep(CalendarSnapshot.of(text, zone, clock.instant(), clock));
    } catch (CalendarFault e) {
      fail(e.what());
    } catch (IOException e) {
      fail(e.getMessage() == null ? "cannot be fetched" : e.getMessage());
    } catch (RuntimeException e) {
      fail("cannot be fetched");
    }
  }

  private synchronized void keep(CalendarSnapshot snapshot) {
    good = snapshot;
    failure = null;
  }

  private synchronized void fail(String why) {
    failure = why;
  }

  private synchronized boolean isUntold() {
    return good == null && failure == null;
  }

  private synchronized CalendarSnapshot current(Instant now, Duration maxStale)
      throws CalendarFault {
    CalendarSnapshot copy = good;
    if (copy == null) {
      throw new CalendarFault(failure == null ? "was not fetched yet" : failure);
    }
    if (CalendarCopy.apart(copy.readAt(), clock.instant(), maxStale)) {
      throw new CalendarFault(
          "was last fetched at "
              + copy.readAt()
              + ", too long ago"
              + (failure == null ? "" : ": it " + failure));
    }
    good = copy.around(now, clock);
    return good;
  }

  private static void await(CompletableFuture<Void> fetch) {
    try {
      fetch.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // What came of it, or did not, is in the fields.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
