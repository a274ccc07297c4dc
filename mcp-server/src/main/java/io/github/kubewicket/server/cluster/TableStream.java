package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// Reads server-side tables while they arrive and keeps nothing but the cells that are wanted.
final class TableStream {
  private static final String TABLE =
      "application/json;as=Table;v=v1;g=meta.k8s.io,"
          + "application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";
  private static final Duration PATIENCE = Duration.ofSeconds(9);

  private final Api api;
  private final InstantSource clock;

  TableStream(Api api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  /// Asks for the table and hands it over row by row.
  void read(ListQuery query, Table.Reader reader) {
    KindInfo kind = query.kind();
    // The cells name the object but not its namespace; its metadata doubles the answer, so it is
    // asked for only where more than one namespace is looked at.
    boolean everywhere = kind.namespaced() && query.namespace().isEmpty();
    String path =
        ApiPaths.query(
            ApiPaths.list(
                kind, query.namespace().map(given -> Names.checked("a namespace", given))),
            "labelSelector",
            query.labelSelector(),
            "fieldSelector",
            query.fieldSelector(),
            "includeObject",
            everywhere ? "Metadata" : "None");
    ApiRequest request =
        new ApiRequest("GET", path, TABLE, Optional.empty(), new byte[0], PATIENCE);
    try (InputStream body = api.open(request);
        JsonParser parser = JsonStream.MAPPER.createParser(body)) {
      new Reading(parser, reader, query.namespace().orElse(""), clock).document();
    } catch (JacksonException | IOException e) {
      throw new ClusterException(
          Reason.CLUSTER_ERROR, "The API server's list broke off or is not JSON.", "Call again.");
    }
  }

  /// One document being read.
  private static final class Reading {
    private final JsonParser parser;
    private final Table.Reader reader;
    private final String namespace;
    private final InstantSource clock;
    private int width;
    private int nameColumn;
    private BitSet wanted = new BitSet();

    Reading(JsonParser parser, Table.Reader reader, String namespace, InstantSource clock) {
      this.parser = parser;
      this.reader = reader;
      this.namespace = namespace;
      this.clock = clock;
    }

    void document() {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "columnDefinitions" -> columns();
          case "rows" -> rows();
          case "items" -> items();
          default -> parser.skipChildren();
        }
      }
    }

    private void columns() {
      List<Table.Column> columns = new ArrayList<>();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        JsonNode column = JsonStream.MAPPER.readTree(parser);
        columns.add(
            new Table.Column(
                Untrusted.line(column.path("name").asString(""), 60),
                column.path("priority").asInt(0) > 0));
        if (column.path("format").asString("").equals("name")) {
          nameColumn = columns.size() - 1;
        }
      }
      begin(columns);
    }

    private void begin(List<Table.Column> columns) {
      width = columns.size();
      wanted = reader.columns(List.copyOf(columns));
    }

    private void rows() {
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        String[] cells = new String[0];
        String where = namespace;
        String name = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String field = parser.currentName();
          parser.nextToken();
          if (field.equals("cells") && parser.currentToken() == JsonToken.START_ARRAY) {
            cells = cells();
          } else if (field.equals("object") && parser.currentToken() == JsonToken.START_OBJECT) {
            String[] identity = identity();
            where = identity[0].isEmpty() ? where : identity[0];
            name = identity[1];
          } else {
            parser.skipChildren();
          }
        }
        if (name.isEmpty() && nameColumn < cells.length && cells[nameColumn] != null) {
          name = cells[nameColumn];
        }
        reader.row(new Table.Row(where, name, cells));
      }
    }

    private String[] cells() {
      String[] cells = new String[width];
      int at = 0;
      for (JsonToken token = parser.nextToken();
          token != null && token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        boolean keep = at < width && (wanted.get(at) || at == nameColumn);
        if (token.isStructStart()) {
          parser.skipChildren();
        } else if (keep && token != JsonToken.VALUE_NULL) {
          cells[at] = parser.getString();
        }
        at++;
      }
      return cells;
    }

    /// Namespace and name out of an object that is otherwise skipped.
    private String[] identity() {
      String[] identity = {"", ""};
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean metadata = parser.currentName().equals("metadata");
        if (parser.nextToken() == JsonToken.START_OBJECT && metadata) {
          while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals("namespace")) {
              identity[0] = parser.getString();
            } else if (field.equals("name")) {
              identity[1] = parser.getString();
            } else {
              parser.skipChildren();
            }
          }
        } else {
          parser.skipChildren();
        }
      }
      return identity;
    }

    /// A server that prints no tables for this kind sends the objects: name and age it is then.
    private void items() {
      begin(List.of(new Table.Column("Name", false), new Table.Column("Age", false)));
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        JsonNode metadata = JsonStream.MAPPER.readTree(parser).path("metadata");
        String name = metadata.path("name").asString("");
        reader.row(
            new Table.Row(
                metadata.path("namespace").asString(namespace),
                name,
                new String[] {name, age(metadata.path("creationTimestamp").asString(""))}));
      }
    }

    private String age(String created) {
      try {
        return Ages.since(Instant.parse(created), clock.instant());
      } catch (DateTimeParseException e) {
        return "";
      }
    }
  }
}
