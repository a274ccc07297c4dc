package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.config.Yaml.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/// Reads YAML 1.2 into values with places. One document; no anchors, aliases or tags: a policy says
/// what it says where it says it, and nothing grows when it is read.
final class YamlReader {
  private static final int DEEPEST = 10;
  private static final int MOST_VALUES = 50_000;
  private static final String STANDARD_TAG = "tag:yaml.org,2002:";

  private final Parser events;
  private final Problems problems;
  private final int deepest;
  private int values;

  private YamlReader(Parser events, Problems problems, int deepest) {
    this.events = events;
    this.problems = problems;
    this.deepest = deepest;
  }

  /// The document; empty where there is none or where what stands there is not YAML, which is then
  /// among the problems.
  static Optional<Yaml> read(String text, Problems problems) {
    return read(text, problems, DEEPEST);
  }

  /// The same, with lists and mappings nested at most so deep.
  static Optional<Yaml> read(String text, Problems problems, int deepest) {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setCodePointLimit(PolicyBytes.MOST + 1)
            // One window for the whole text: a growing one is copied again and again on long lines.
            .setBufferSize(text.length() + 1)
            .build();
    try {
      Parser events = new ParserImpl(settings, new StreamReader(settings, text));
      return new YamlReader(events, problems, deepest).document();
    } catch (MarkedYamlEngineException e) {
      problems.add(place(YamlErrors.mark(e)), "", YamlErrors.say(e));
    } catch (RuntimeException e) {
      // The engine also throws unmarked exceptions of its own and of the JDK on odd input.
      problems.add(
          Place.START, "", "The file is not YAML as Kubewicket reads it; check it with a linter.");
    }
    return Optional.empty();
  }

  private Optional<Yaml> document() {
    events.next();
    if (events.checkEvent(Event.ID.StreamEnd)) {
      return Optional.empty();
    }
    events.next();
    Yaml root = node(1);
    events.next();
    if (!events.checkEvent(Event.ID.StreamEnd)) {
      problems.add(
          place(events.peekEvent().getStartMark()),
          "",
          "A second document starts here; keep one document in the file.");
    }
    return Optional.of(root);
  }

  private Yaml node(int depth) {
    Event event = events.next();
    Place at = place(event.getStartMark());
    if (depth > deepest) {
      throw new ParserException(YamlErrors.TOO_DEEP, event.getStartMark());
    }
    if (++values > MOST_VALUES) {
      throw new ParserException(YamlErrors.TOO_MANY, event.getStartMark());
    }
    if (event instanceof ScalarEvent scalar) {
      return refuses(scalar, scalar.getTag(), at)
          ? new Yaml.Refused(at)
          : new Yaml.Text(scalar.getValue(), scalar.isPlain(), at);
    }
    if (event instanceof CollectionStartEvent start) {
      boolean refused = refuses(start, start.getTag(), at);
      Yaml whole =
          start.getEventId() == Event.ID.SequenceStart
              ? new Yaml.Sequence(sequence(depth), at)
              : new Yaml.Mapping(mapping(depth), at);
      events.next();
      return refused ? new Yaml.Refused(at) : whole;
    }
    if (event instanceof AliasEvent alias) {
      problems.add(
          at,
          "",
          Quoted.of("*" + alias.getAlias())
              + " without quotes is a YAML alias, and aliases are not used here; put text that"
              + " begins with * in quotes.");
      return new Yaml.Refused(at);
    }
    throw new IllegalStateException("No value starts with " + event.getEventId());
  }

  private List<Yaml> sequence(int depth) {
    List<Yaml> items = new ArrayList<>();
    while (!events.checkEvent(Event.ID.SequenceEnd)) {
      items.add(node(depth + 1));
    }
    return items;
  }

  private List<Yaml.Entry> mapping(int depth) {
    List<Yaml.Entry> entries = new ArrayList<>();
    while (!events.checkEvent(Event.ID.MappingEnd)) {
      Yaml key = node(depth + 1);
      entries.add(new Yaml.Entry(key, node(depth + 1)));
    }
    return entries;
  }

  private boolean refuses(NodeEvent event, Optional<String> tag, Place at) {
    event
        .getAnchor()
        .ifPresent(anchor ->
            problems.add(
                at,
                "",
                Quoted.of("&" + anchor)
                    + " is a YAML anchor, and anchors are not used here; write the value out"
                    + " where it is needed."));
    tag.ifPresent(name ->
        problems.add(
            at,
            "",
            name.startsWith(STANDARD_TAG)
                ? Quoted.of(name.replace(STANDARD_TAG, "!!"))
                    + " is a YAML tag, and tags are not used here; remove it."
                : Quoted.of(name)
                    + " without quotes is a YAML tag, and tags are not used here; put text that"
                    + " begins with ! in quotes."));
    return event.getAnchor().isPresent() || tag.isPresent();
  }

  private static Place place(Optional<Mark> mark) {
    return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1)).orElse(Place.START);
  }
}
