package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// Reads the items of a list one after the other, so that the list is never held whole.
final class Items {

  private Items() {}

  /// What a list says about itself.
  ///
  /// @param resourceVersion from where a watch may go on
  /// @param complete whether every item was taken
  /// @param next where the next page begins; empty where this was the last
  /// @param list whether there were items at all, be it none: what has no such field is no list
  record End(String resourceVersion, boolean complete, String next, boolean list) {}

  /// Hands each item to `take` until it answers false.
  static End each(Api api, ApiRequest request, Predicate<JsonNode> take) {
    String version = "";
    String next = "";
    boolean list = false;
    try (InputStream body = api.open(request);
        JsonParser parser = JsonStream.MAPPER.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        if (field.equals("metadata")) {
          JsonNode metadata = JsonStream.MAPPER.readTree(parser);
          version = metadata.path("resourceVersion").asString("");
          next = metadata.path("continue").asString("");
        } else if (field.equals("items") && parser.currentToken() == JsonToken.START_ARRAY) {
          list = true;
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            if (!take.test(JsonStream.MAPPER.readTree(parser))) {
              return new End(version, false, next, true);
            }
          }
        } else {
          // Some servers write an empty list as null.
          list |= field.equals("items") && parser.currentToken() == JsonToken.VALUE_NULL;
          parser.skipChildren();
        }
      }
      return new End(version, true, next, list);
    } catch (JacksonException | IOException e) {
      throw new ClusterException(
          Reason.CLUSTER_ERROR, "The API server's list broke off or is not JSON.", "Call again.");
    }
  }
}
