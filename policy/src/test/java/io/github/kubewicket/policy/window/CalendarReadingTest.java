package io.github.kubewicket.policy.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kubewicket.policy.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarReadingTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Span OCTOBER =
      new Span(Instant.parse("2026-10-20T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z"));

  @Test
  void followsASeriesAcrossAChangeOfTheClockWithoutItsExceptions() throws CalendarFault {
    String series =
        """
        DTSTART;TZID=Europe/Berlin:20260901T020000
        DTEND;TZID=Europe/Berlin:20260901T033000
        RRULE:FREQ=DAILY;UNTIL=20261027T010000Z
        EXDATE;TZID=Europe/Berlin:20261023T020000,20261024T020000
        """;

    assertThat(read(event(series)))
        .containsExactly(
            "2026-10-20T00:00:00Z/2026-10-20T01:30:00Z",
            "2026-10-21T00:00:00Z/2026-10-21T01:30:00Z",
            "2026-10-22T00:00:00Z/2026-10-22T01:30:00Z",
            // 02:00 comes twice on this day; the first counts.
            "2026-10-25T00:00:00Z/2026-10-25T01:30:00Z",
            "2026-10-26T01:00:00Z/2026-10-26T02:30:00Z",
            "2026-10-27T01:00:00Z/2026-10-27T02:30:00Z");
  }

  @Test
  void anAllDayEventIsADayOfTheWindowsZone() throws CalendarFault {
    String days =
        """
        DTSTART;VALUE=DATE:20261024
        DTEND;VALUE=DATE:20261026
        """;

    assertThat(read(event(days))).containsExactly("2026-10-23T22:00:00Z/2026-10-25T23:00:00Z");
    assertThat(read(event("DTSTART;VALUE=DATE:20261021\n")))
        .containsExactly("2026-10-20T22:00:00Z/2026-10-21T22:00:00Z");
  }

  @Test
  void aTimeWithoutAZoneIsOneOfTheWindowsZone() throws CalendarFault {
    String floating = "DTSTART:20261021T080000\nDURATION:PT1H30M\n";
    String utc = "DTSTART:20261021T080000Z\nDURATION:P1DT30M\n";

    assertThat(read(event(floating))).containsExactly("2026-10-21T06:00:00Z/2026-10-21T07:30:00Z");
    assertThat(read(event(utc))).containsExactly("2026-10-21T08:00:00Z/2026-10-22T08:30:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STATUS:CANCELLED", "TRANSP:TRANSPARENT", "status:cancelled"})
  void leavesOutWhatTakesNoTime(String line) throws CalendarFault {
    assertThat(read(event("DTSTART:20261021T080000Z\nDURATION:PT1H\n" + line + "\n"))).isEmpty();
  }

  @Test
  void aMovedEventOfASeriesIsWhereItWasMovedTo() throws CalendarFault {
    String calendar =
        calendar(
            """
            BEGIN:VEVENT
            UID:1
            DTSTART:20261020T100000Z
            DURATION:PT1H
            RRULE:FREQ=WEEKLY;COUNT=2
            END:VEVENT
            BEGIN:VEVENT
            UID:1
            RECURRENCE-ID:20261027T100000Z
            DTSTART:20261028T120000Z
            DURATION:PT2H
            END:VEVENT
            BEGIN:VEVENT
            UID:1
            RECURRENCE-ID:20261020T100000Z
            DTSTART:20261020T100000Z
            STATUS:CANCELLED
            END:VEVENT
            """);

    assertThat(read(calendar)).containsExactly("2026-10-28T12:00:00Z/2026-10-28T14:00:00Z");
  }

  @Test
  void aZoneThatOnlyTheCalendarKnowsIsTheCalendars() throws CalendarFault {
    String calendar =
        calendar(
            """
            BEGIN:VTIMEZONE
            TZID:W. Europe Standard Time
            BEGIN:STANDARD
            DTSTART:16010101T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010101T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
            END:DAYLIGHT
            END:VTIMEZONE
            BEGIN:VEVENT
            UID:1
            DTSTART;TZID="W. Europe Standard Time":20261024T120000
            DTEND;TZID="W. Europe Standard Time":20261024T130000
            RRULE:FREQ=DAILY;COUNT=2
            END:VEVENT
            """);

    assertThat(read(calendar))
        .containsExactly(
            "2026-10-24T10:00:00Z/2026-10-24T11:00:00Z",
            "2026-10-25T11:00:00Z/2026-10-25T12:00:00Z");
  }

  @Test
  void asksNoAddressThatACalendarNames() throws IOException, CalendarFault {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(300);
      String calendar =
          calendar(
              """
              BEGIN:VTIMEZONE
              TZID:Own
              TZURL:http://127.0.0.1:%d/zone.ics
              BEGIN:STANDARD
              DTSTART:19700101T000000
              TZOFFSETFROM:+0300
              TZOFFSETTO:+0300
              END:STANDARD
              END:VTIMEZONE
              BEGIN:VEVENT
              UID:1
              DTSTART;TZID=Own:20261024T120000
              DURATION:PT1H
              ATTACH:http://127.0.0.1:%d/attached
              END:VEVENT
              """
                  .formatted(server.getLocalPort(), server.getLocalPort()));

      List<String> spans = read(calendar);

      assertThat(spans).containsExactly("2026-10-24T09:00:00Z/2026-10-24T10:00:00Z");
      assertThatThrownBy(server::accept).isInstanceOf(java.net.SocketTimeoutException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=MONTHLY;BYDAY=2TU                | 20260101T030000Z |",
        "FREQ=MONTHLY;BYDAY=-1FR               | 20260130T030000Z | 2026-10-30T03:00:00Z",
        "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=21  | 20001021T030000Z | 2026-10-21T03:00:00Z",
        "FREQ=DAILY;BYMONTH=10;BYMONTHDAY=29   | 19900101T030000Z | 2026-10-29T03:00:00Z",
        "FREQ=WEEKLY;BYDAY=TH;INTERVAL=2       | 20261008T030000Z | 2026-10-22T03:00:00Z",
        "FREQ=DAILY;COUNT=3                    | 20261019T030000Z | 2026-10-20T03:00:00Z 2026-10-21T03:00:00Z",
        "FREQ=DAILY;UNTIL=20261021             | 20261019T030000Z | 2026-10-20T03:00:00Z 2026-10-21T03:00:00Z",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30    | 20200101T030000Z |",
      })
  void followsRules(String rule, String start, String expected) throws CalendarFault {
    String text = event("DTSTART:" + start + "\nDURATION:PT1S\nRRULE:" + rule + "\n");

    String starts =
        read(text).stream()
            .map(it -> it.substring(0, it.indexOf('/')))
            .collect(Collectors.joining(" "));

    assertThat(starts).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void anEventThatBeganLongAgoGoesOn() throws CalendarFault {
    String freeze = "DTSTART;VALUE=DATE:20260701\nDTEND;VALUE=DATE:20261023\n";

    assertThat(read(event(freeze))).containsExactly("2026-06-30T22:00:00Z/2026-10-22T22:00:00Z");
  }

  @Test
  void eventsThatTouchAreOne() throws CalendarFault {
    String calendar =
        calendar(
            """
            BEGIN:VEVENT
            DTSTART:20261021T100000Z
            DTEND:20261021T110000Z
            END:VEVENT
            BEGIN:VEVENT
            DTSTART:20261021T090000Z
            DTEND:20261021T100000Z
            END:VEVENT
            BEGIN:VEVENT
            DTSTART:20261021T093000Z
            DTEND:20261021T094500Z
            END:VEVENT
            """);

    assertThat(read(calendar)).containsExactly("2026-10-21T09:00:00Z/2026-10-21T11:00:00Z");
  }

  @Test
  void aCalendarWithoutEventsIsACalendar() throws CalendarFault {
    assertThat(read(calendar(""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DTSTART:tomorrow                                      | `tomorrow` where a time belongs",
        "DTSTART:20260230T100000Z                              | where a time belongs",
        "DTSTART;TZID=Nowhere:20261021T100000                  | time zone `Nowhere`",
        "SUMMARY:no start                                      | a VEVENT without DTSTART",
        "DTSTART:20261021T100000Z~DTEND:20261021T090000Z       | ends before it begins",
        "DTSTART:20261021T100000Z~DURATION:-PT1H               | DURATION cannot be read",
        "DTSTART:20261021T100000Z~DURATION:soon                | DURATION cannot be read",
        "DTSTART:20261021T100000Z~RRULE:FREQ=SECONDLY          | `FREQ=SECONDLY`",
        "DTSTART:20261021T100000Z~RRULE:FREQ=MINUTELY          | `FREQ=MINUTELY`",
        "DTSTART:20261021T100000Z~RRULE:FREQ=HOURLY            | `FREQ=HOURLY`",
        "DTSTART:20261021T100000Z~RRULE:FREQ=DAILY;INTERVAL=0  | `INTERVAL=0`",
        "DTSTART:20261021T100000Z~RRULE:FREQ=DAILY;COUNT=99999 | `COUNT=99999`",
        "DTSTART:20261021T100000Z~RRULE:FREQ=DAILY;X=1         | `X=1`",
        "DTSTART:20261021T100000Z~RRULE:BYDAY=MO               | cannot be read",
        "DTSTART:20261021T100000Z~RRULE:FREQ=DAILY;UNTIL=soon  | where a time belongs",
        "DTSTART:20261021T100000Z~EXRULE:FREQ=DAILY            | EXRULE",
        "DTSTART:20261021T100000Z~RDATE;VALUE=PERIOD:20261021T100000Z/PT1H | periods",
        "DTSTART:20261021T100000Z~RECURRENCE-ID;RANGE=THISANDFUTURE:20261021T100000Z | RANGE",
      })
  void whatIsNotUnderstoodIsNoCalendar(String lines, String says) {
    String text = event(lines.replace('~', '\n') + "\n");

    CalendarFault fault = catchThrowableOfType(CalendarFault.class, () -> read(text));

    assertThat(fault.what()).contains(says);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "<html>Sign in</html>",
        "{}",
        "BEGIN:VCARD\nEND:VCARD\n",
        "BEGIN:VCALENDAR\n",
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nEND:VCALENDAR\n",
      })
  void whatIsNoCalendarIsNone(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(CalendarFault.class);
  }

  @Test
  void halfACalendarIsNone() throws CalendarFault {
    String whole = event("DTSTART:20261021T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\n").strip();
    assertThat(read(whole)).isNotEmpty();

    for (int end = 0; end < whole.length(); end++) {
      String half = whole.substring(0, end);

      assertThatThrownBy(() -> read(half)).as(half).isInstanceOf(CalendarFault.class);
    }
  }

  @Test
  void boundsWhatAHostileCalendarCosts() {
    String event = "BEGIN:VEVENT\nDTSTART:20261021T100000Z\nEND:VEVENT\n";
    String busy =
        "DTSTART:20261021T100000Z\nRRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5\n";
    String deep = "BEGIN:X\n".repeat(50_000) + "END:X\n".repeat(50_000);

    assertThat(
            catchThrowableOfType(CalendarFault.class, () -> read(calendar(event.repeat(10_001)))))
        .hasMessage("has more than 10,000 events");
    assertThat(catchThrowableOfType(CalendarFault.class, () -> read(event(busy))))
        .hasMessageContaining("BYMINUTE");
    assertThat(catchThrowableOfType(CalendarFault.class, () -> read(calendar(deep))))
        .hasMessageContaining("deep");
  }

  @Test
  void theZoneOfTheMachineMattersNothing() throws CalendarFault {
    String series =
        event("DTSTART;VALUE=DATE:20260325\nRRULE:FREQ=WEEKLY;UNTIL=20261028;BYDAY=WE\n");
    TimeZone before = TimeZone.getDefault();
    List<String> here = read(series);
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));

      assertThat(read(series)).isEqualTo(here).hasSize(2);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void readsFoldedLinesAndBothLineEnds() throws CalendarFault {
    String text = event("DTSTART;TZID=Europe/\n Berlin:20261021T100000\nDURATION:PT1H\n");

    assertThat(read(text)).containsExactly("2026-10-21T08:00:00Z/2026-10-21T09:00:00Z");
    assertThat(read(text.replace("\n", "\r\n"))).isEqualTo(read(text));
    assertThat(read("\uFEFF" + text)).isEqualTo(read(text));
  }

  static String event(String lines) {
    return calendar("BEGIN:VEVENT\nUID:1\n" + lines + "END:VEVENT\n");
  }

  static String calendar(String parts) {
    return "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n" + parts + "END:VCALENDAR\n";
  }

  private static List<String> read(String text) throws CalendarFault {
    return CalendarReading.read(text, BERLIN, OCTOBER, ManualClock.at("2026-10-20T00:00:00Z"))
        .stream()
        .map(it -> it.from() + "/" + it.until())
        .toList();
  }
}
