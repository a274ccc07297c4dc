package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.window.CronSchedule;
import io.github.kubewicket.policy.window.Times;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads when a window is: by days, by a schedule, by dates or by a calendar.
final class TimesReader {
  private static final List<List<String>> FORMS =
      List.of(
          List.of("days", "from", "to"),
          List.of("schedule", "duration"),
          List.of("start", "until"),
          List.of("calendar", "maxStale"));
  private static final String CHOICE =
      "give it days, from and to, or schedule and duration, or start and until, or calendar";
  private static final Duration FRESH = Duration.ofHours(24);
  private static final int LONGEST_SOURCE = 2_000;

  private TimesReader() {}

  /// The times; a problem where a window has none or more than one sort of them.
  static Optional<Times> read(Field window, Fields keys) {
    List<Integer> forms = new ArrayList<>();
    for (int i = 0; i < FORMS.size(); i++) {
      if (FORMS.get(i).stream().anyMatch(key -> keys.get(key).isPresent())) {
        forms.add(i);
      }
    }
    Optional<ZoneId> zone =
        keys.getUnlessEmpty("zone").map(Moments::zone).orElse(Optional.of(ZoneId.of("UTC")));
    if (forms.size() != 1) {
      window.problem(
          forms.isEmpty()
              ? "The window does not say when it is; " + CHOICE + "."
              : "The window says in two ways when it is; " + CHOICE + ", and not two of them.");
      return Optional.empty();
    }
    ZoneId in = zone.orElse(ZoneId.of("UTC"));
    Optional<? extends Times> times =
        switch (forms.getFirst()) {
          case 0 -> weekly(keys, in);
          case 1 -> cron(keys, in);
          case 2 -> dates(keys, in);
          default -> calendar(keys, in);
        };
    return zone.isEmpty() ? Optional.empty() : times.map(it -> it);
  }

  private static Optional<Times.Weekly> weekly(Fields keys, ZoneId zone) {
    Optional<Set<DayOfWeek>> days = keys.required("days", "days: [mon-fri]").map(TimesReader::days);
    Optional<LocalTime> from =
        keys.required("from", "from: \"08:00\"").flatMap(it -> Moments.time(it, false));
    Optional<LocalTime> to =
        keys.required("to", "to: \"18:00\"").flatMap(it -> Moments.time(it, true));
    return days.isEmpty() || days.get().isEmpty() || from.isEmpty() || to.isEmpty()
        ? Optional.empty()
        : Optional.of(new Times.Weekly(days.get(), from.get(), to.get(), zone));
  }

  private static Set<DayOfWeek> days(Field field) {
    String item = "a day such as mon, or days such as mon-fri";
    Map<String, Field> names = field.names("a list of days, such as [mon-fri, sun]", item);
    Set<DayOfWeek> days = new LinkedHashSet<>();
    names.forEach((name, at) -> {
      int dash = name.indexOf('-');
      int first = Keys.DAYS.indexOf(dash < 0 ? name : name.substring(0, dash));
      int last = Keys.DAYS.indexOf(name.substring(dash + 1));
      if (first < 0 || last < 0) {
        String short3 = name.length() > 3 && dash < 0 ? name.substring(0, 3) : name;
        at.unexpected(item, Nearest.of(short3, Keys.DAYS));
        return;
      }
      for (int day = first; ; day = (day + 1) % 7) {
        days.add(DayOfWeek.of(day + 1));
        if (day == last) {
          break;
        }
      }
    });
    return days;
  }

  private static Optional<Times.Cron> cron(Fields keys, ZoneId zone) {
    Optional<String> schedule =
        keys.required("schedule", "schedule: \"0 2 * * *\"")
            .flatMap(it ->
                it.sentence("a schedule as cron spells it, such as \"0 2 * * *\"", 200)
                    .filter(text -> isSchedule(text, it)));
    Optional<Duration> duration =
        keys.required("duration", "duration: 90m").flatMap(_ -> keys.duration("duration"));
    return schedule.flatMap(text -> duration.map(length -> new Times.Cron(text, length, zone)));
  }

  private static boolean isSchedule(String text, Field at) {
    Optional<String> fault = CronSchedule.fault(text);
    fault.ifPresent(why -> at.problem(Quoted.harmless(why)));
    return fault.isEmpty();
  }

  private static Optional<Times.Dates> dates(Fields keys, ZoneId zone) {
    Optional<Instant> start =
        keys.required("start", "start: 2026-12-20T00:00:00Z")
            .flatMap(it -> Moments.instant(it, zone));
    Optional<Field> end = keys.required("until", "until: 2027-01-03T00:00:00Z");
    Optional<Instant> until = end.flatMap(it -> Moments.instant(it, zone));
    if (start.isEmpty() || until.isEmpty()) {
      return Optional.empty();
    }
    if (!until.get().isAfter(start.get())) {
      end.ifPresent(
          at -> at.problem("The window ends before it begins; until has to be later than start."));
      return Optional.empty();
    }
    return Optional.of(new Times.Dates(start.get(), until.get()));
  }

  private static Optional<Times.Calendar> calendar(Fields keys, ZoneId zone) {
    String what = "the absolute path of an iCalendar file, or an https:// address of one";
    Optional<Field> field = keys.required("calendar", "calendar: /etc/kubewicket/freeze.ics");
    Optional<String> source = field.flatMap(it -> it.sentence(what, LONGEST_SOURCE));
    Duration maxStale = keys.duration("maxStale").orElse(FRESH);
    if (source.isEmpty()) {
      return Optional.empty();
    }
    if (!source.get().startsWith("/") && !Addresses.isSafe(source.get())) {
      // An address may hold a secret, so it is not repeated.
      field.ifPresent(at -> at.problem("This is not " + what + ", without a password in it."));
      return Optional.empty();
    }
    return Optional.of(new Times.Calendar(source.get(), zone, maxStale));
  }
}
