package io.github.kubewicket.server.identity;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.policy.settings.OauthSettings;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What refused callers are told: values of `WWW-Authenticate` (RFC 6750, RFC 9728 section 5.1) and
/// the metadata to which they point.
public final class Challenges {
  /// The path before which a resource's own path stands (RFC 9728, section 3.1).
  public static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  private final Supplier<HttpSettings> settings;

  /// @param settings as `tools.yaml` says them now
  public Challenges(Supplier<HttpSettings> settings) {
    this.settings = settings;
  }

  /// For a 401.
  public String unauthorized(Authentication.Refused refused) {
    HttpSettings now = settings.get();
    String challenge =
        "Bearer realm=\"kubewicket\""
            + metadataAddress(now)
            + ", scope=\""
            + scopes(now, Set.of(Caller.READ))
            + "\"";
    return refused.error().isEmpty()
        ? challenge
        : challenge
            + ", error=\""
            + text(refused.error())
            + "\", error_description=\""
            + text(refused.description())
            + "\"";
  }

  /// For a 403.
  ///
  /// @param all every scope that the call needs, of [Caller#READ] and [Caller#WRITE]
  public String insufficientScope(Set<String> all) {
    HttpSettings now = settings.get();
    return "Bearer error=\"insufficient_scope\", scope=\""
        + scopes(now, all)
        + "\""
        + metadataAddress(now);
  }

  /// The metadata of this protected resource (RFC 9728, section 2); empty where no issuer, or no
  /// `publicUrl`, is configured.
  public Optional<ObjectNode> metadata() {
    HttpSettings now = settings.get();
    return now.oauth().isEmpty() ? Optional.empty() : now.publicUrl().map(it -> metadata(it, now));
  }

  private static ObjectNode metadata(URI resource, HttpSettings settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("resource", resource.toString());
    ArrayNode servers = json.putArray("authorization_servers");
    settings.oauth().stream().map(OauthSettings::issuer).forEach(servers::add);
    ArrayNode scopes = json.putArray("scopes_supported");
    words(settings, Set.of(Caller.READ, Caller.WRITE)).forEach(scopes::add);
    json.putArray("bearer_methods_supported").add("header");
    return json.put("resource_name", "Kubewicket");
  }

  private static String metadataAddress(HttpSettings settings) {
    return settings.oauth().isEmpty()
        ? ""
        : settings
            .publicUrl()
            .map(url ->
                ", resource_metadata=\""
                    + url.getScheme()
                    + "://"
                    + url.getRawAuthority()
                    + WELL_KNOWN
                    + url.getRawPath()
                    + "\"")
            .orElse("");
  }

  private static String scopes(HttpSettings settings, Set<String> ours) {
    return String.join(" ", words(settings, ours));
  }

  /// Our scopes as the issuers call them, where all of them call them by the same single name; else
  /// by our own.
  private static List<String> words(HttpSettings settings, Collection<String> ours) {
    return new TreeSet<>(ours)
        .stream()
            .map(scope ->
                scope.equals(Caller.WRITE)
                    ? only(settings, OauthSettings::writeScopes).orElse(scope)
                    : only(settings, OauthSettings::readScopes).orElse(scope))
            .toList();
  }

  private static Optional<String> only(
      HttpSettings settings, Function<OauthSettings, Set<String>> names) {
    Set<String> all =
        settings.oauth().stream()
            .flatMap(it -> names.apply(it).stream())
            .collect(Collectors.toSet());
    return all.size() == 1 ? all.stream().findFirst() : Optional.empty();
  }

  /// Text that may stand between quotes in a header.
  private static String text(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?").replace('"', '\'').replace('\\', '/');
  }
}
