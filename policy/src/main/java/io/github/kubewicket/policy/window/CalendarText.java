package io.github.kubewicket.policy.window;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.fortuna.ical4j.data.CalendarParserImpl;
import net.fortuna.ical4j.data.ContentHandler;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.data.UnfoldingReader;

/// The text of a calendar, taken apart by ical4j's parser.
///
/// Only the parser is used, not the model that it can build: that one resolves time zones through a
/// registry which is global, has room for 1,500 of them, and fetches the addresses in `TZURL`.
final class CalendarText implements ContentHandler {
  private static final int MOST_EVENTS = 10_000;
  private static final int DEEPEST = 8;

  private final List<CalendarComponent> calendars = new ArrayList<>();
  private final Deque<CalendarComponent> open = new ArrayDeque<>();
  private final Map<String, String> parameters = new HashMap<>();
  private String property = "";
  private String value = "";
  private int events;
  private String why = "is not an iCalendar (RFC 5545) that can be read";

  private CalendarText() {}

  /// The calendars in a text, at least one.
  static List<CalendarComponent> calendars(String text) throws CalendarFault {
    CalendarText handler = new CalendarText();
    try {
      new CalendarParserImpl(false)
          .parse(new UnfoldingReader(new StringReader(ended(text)), true), handler);
    } catch (ParserException | IOException | RuntimeException e) {
      throw new CalendarFault(handler.why);
    }
    if (handler.calendars.isEmpty() || !handler.open.isEmpty()) {
      throw new CalendarFault("has no complete VCALENDAR");
    }
    return handler.calendars;
  }

  /// The parser wants a line end after the last line.
  private static String ended(String text) {
    return text.endsWith("\n") ? text : text + "\r\n";
  }

  /// Ends the parsing, which only an unchecked exception can; the parser wraps it in its own.
  private IllegalStateException tooMuch(String what) {
    why = what;
    return new IllegalStateException(what);
  }

  @Override
  public void startCalendar() {
    open.push(new CalendarComponent("VCALENDAR"));
  }

  @Override
  public void endCalendar() {
    calendars.add(open.pop());
  }

  @Override
  public void startComponent(String name) {
    // The parser calls itself for each component in a component.
    if (open.size() >= DEEPEST) {
      throw tooMuch("has components more than " + DEEPEST + " deep in each other");
    }
    if (name.equalsIgnoreCase("VEVENT") && ++events > MOST_EVENTS) {
      throw tooMuch("has more than 10,000 events");
    }
    open.push(new CalendarComponent(name));
  }

  @Override
  public void endComponent(String name) {
    CalendarComponent part = open.pop();
    open.element().add(part);
  }

  @Override
  public void startProperty(String name) {
    property = name.toUpperCase(Locale.ROOT);
    value = "";
    parameters.clear();
  }

  @Override
  public void parameter(String name, String text) {
    parameters.put(name.toUpperCase(Locale.ROOT), text);
  }

  @Override
  public void propertyValue(String text) {
    value = text;
  }

  @Override
  public void endProperty(String name) {
    open.element().add(new CalendarComponent.Line(property, parameters, value));
  }
}
