package io.github.kubewicket.server.cluster;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The mapper for documents that are read piece by piece: more tokens after a piece are no mistake.
final class JsonStream {
  static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonStream() {}
}
