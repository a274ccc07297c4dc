package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The view of a live cluster.
final class LiveView implements ClusterView {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(9);

  private final Api api;
  private final Optional<Identity.Account> account;
  private final Discovery discovery;
  private final TableStream tables;
  private final WholeLists lists;
  private final Owners owners;
  private final EventFeeds feeds;
  private final LogStream logs;
  private final Schemas schemas;

  /// What this account sees.
  ///
  /// @param account in whose name `api` asks; empty for the server's own
  LiveView(Api api, Optional<Identity.Account> account, SharedKnowledge shared) {
    this.api = api;
    this.account = account;
    this.discovery = shared.discovery();
    this.tables = new TableStream(api, shared.clock());
    this.lists = new WholeLists(api);
    this.owners = shared.owners();
    this.feeds = shared.feeds();
    this.logs = new LogStream(api);
    this.schemas = shared.schemas();
  }

  @Override
  public KindInfo kind(String name) {
    return discovery.kind(name);
  }

  @Override
  public List<KindInfo> kinds() {
    return discovery.all();
  }

  @Override
  public List<String> brokenGroups() {
    return discovery.broken();
  }

  @Override
  public ObjectNode get(KindInfo kind, Optional<String> namespace, String name) {
    return read(path(kind, namespace, name), isSecret(kind));
  }

  @Override
  public ObjectNode scale(KindInfo kind, Optional<String> namespace, String name) {
    return read(path(kind, namespace, name) + "/scale", false);
  }

  @Override
  public List<ObjectNode> list(
      KindInfo kind, Optional<String> namespace, String labelSelector, int most) {
    return lists.read(kind, namespace, labelSelector, most, isSecret(kind));
  }

  private static String path(KindInfo kind, Optional<String> namespace, String name) {
    return ApiPaths.object(
        kind,
        namespace.map(given -> Names.checked("a namespace", given)),
        Names.checked("an object", name));
  }

  private ObjectNode read(String path, boolean secret) {
    ApiAnswer answer = api.send(ApiRequest.get(path));
    if (answer.status() >= 400) {
      throw ApiErrors.of(answer);
    }
    return Redaction.object(parse(answer.body()), secret);
  }

  @Override
  public void table(ListQuery query, Table.Reader reader) {
    tables.read(query, reader);
  }

  @Override
  public List<Owner> owners(ObjectNode object) {
    return owners.of(api, account, object);
  }

  @Override
  public RecentEvents recentEvents(KindInfo kind, Optional<String> namespace, String name) {
    // Events of objects without a namespace are written to this one.
    return feeds.of(
        api, account, discovery.kind("v1/events"), namespace.orElse("default"), kind.kind(), name);
  }

  @Override
  public void events(Optional<String> namespace, String fieldSelector, Predicate<Event> take) {
    String path =
        ApiPaths.query(
            ApiPaths.list(
                discovery.kind("v1/events"),
                namespace.map(given -> Names.checked("a namespace", given))),
            "fieldSelector",
            fieldSelector);
    ApiRequest request =
        new ApiRequest("GET", path, ApiRequest.JSON, Optional.empty(), new byte[0], PATIENCE);
    Items.each(api, request, item -> take.test(EventParser.parse(item)));
  }

  @Override
  public boolean log(LogQuery query, Predicate<LogLine> take) {
    return logs.read(query, discovery.kind("v1/pods"), take);
  }

  @Override
  public Watch watch(KindInfo kind, Optional<String> namespace, String name, Runnable changed) {
    ObjectWatch watch =
        new ObjectWatch(
            api,
            ApiPaths.list(kind, namespace.map(given -> Names.checked("a namespace", given))),
            Names.checked("an object", name),
            changed,
            new ObjectWatch.Pauses(Duration.ofSeconds(1), Duration.ofSeconds(30)));
    watch.start();
    return watch;
  }

  @Override
  public KindSchema schema(KindInfo kind, List<String> path) {
    return schemas.of(kind, path);
  }

  private static boolean isSecret(KindInfo kind) {
    return kind.group().isEmpty() && kind.plural().equals("secrets");
  }

  static ObjectNode parse(byte[] body) {
    try {
      JsonNode node = JSON.readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      // The text of the exception quotes the body, which is not redacted.
    }
    throw new ClusterException(
        Reason.CLUSTER_ERROR,
        "The API server's answer is not a JSON object.",
        "Call again; if it stays so, check what stands between Kubewicket and the API server.");
  }
}
