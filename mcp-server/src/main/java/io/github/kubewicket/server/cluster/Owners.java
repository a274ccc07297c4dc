package io.github.kubewicket.server.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Climbs from an object to the controller at the root. Who owns an owner is remembered for half a
/// minute: the pods of one ReplicaSet all climb the same way.
final class Owners {
  private static final String METADATA =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
  private static final int MAX_DEPTH = 6;

  /// A reference, as `metadata.ownerReferences` holds it.
  private record Reference(String apiVersion, String kind, String name, String uid) {}

  /// What was found behind a reference.
  private record Found(boolean missing, Optional<Reference> owner) {}

  /// What was read, and who read it.
  private record Read(Optional<Identity.Account> account, String uid) {}

  private final Discovery discovery;
  private final Cache<Read, Found> found;

  Owners(Discovery discovery, Ticker ticker) {
    this.discovery = discovery;
    this.found =
        Caffeine.newBuilder()
            .maximumSize(2_000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .ticker(ticker)
            .build();
  }

  /// The owners of this object, the nearest first.
  ///
  /// @param account whose eyes `api` sees with; empty for the server's own
  List<Owner> of(Api api, Optional<Identity.Account> account, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    Optional<String> namespace =
        Optional.of(metadata.path("namespace").asString("")).filter(name -> !name.isEmpty());
    List<Owner> owners = new ArrayList<>();
    Optional<Reference> next = controller(metadata);
    while (next.isPresent() && owners.size() < MAX_DEPTH) {
      Reference reference = next.get();
      Found here = look(api, account, reference, namespace);
      owners.add(
          new Owner(
              Redaction.text(reference.kind()), Redaction.text(reference.name()), here.missing()));
      next = here.owner();
    }
    return owners;
  }

  private Found look(
      Api api,
      Optional<Identity.Account> account,
      Reference reference,
      Optional<String> namespace) {
    Read key = new Read(account, reference.uid());
    Found known = found.getIfPresent(key);
    if (known != null) {
      return known;
    }
    KindInfo kind = discovery.kind(reference.apiVersion() + "/" + reference.kind());
    ApiAnswer answer =
        api.send(
            new ApiRequest(
                "GET",
                ApiPaths.object(kind, namespace, Names.checked("an owner", reference.name())),
                METADATA,
                Optional.empty(),
                new byte[0],
                Duration.ofSeconds(3)));
    Found result;
    if (answer.status() == 404) {
      result = new Found(true, Optional.empty());
    } else if (answer.status() >= 400) {
      throw ApiErrors.of(answer);
    } else {
      JsonNode metadata = LiveView.parse(answer.body()).path("metadata");
      boolean another = !metadata.path("uid").asString("").equals(reference.uid());
      result = new Found(another, another ? Optional.empty() : controller(metadata));
    }
    found.put(key, result);
    return result;
  }

  private static Optional<Reference> controller(JsonNode metadata) {
    for (JsonNode owner : metadata.path("ownerReferences")) {
      if (owner.path("controller").asBoolean(false)) {
        return Optional.of(
            new Reference(
                owner.path("apiVersion").asString(""),
                owner.path("kind").asString(""),
                owner.path("name").asString(""),
                owner.path("uid").asString("")));
      }
    }
    return Optional.empty();
  }
}
