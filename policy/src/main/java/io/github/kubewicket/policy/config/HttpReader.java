package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.settings.CertificateSettings;
import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.policy.settings.ServiceAccountSettings;
import io.github.kubewicket.policy.settings.TlsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads `http`.
final class HttpReader {
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST_PATH = 1_000;
  private static final String HOST =
      "[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*";
  private static final String LITERAL = "\\[[0-9a-f:.]+\\]";

  private HttpReader() {}

  /// How Kubewicket is called over HTTP.
  static HttpSettings read(Fields keys) {
    Optional<URI> publicUrl = keys.get("publicUrl").flatMap(HttpReader::publicUrl);
    Optional<Fields> tlsKeys = keys.block("tls", "{certificate: /etc/tls.crt, key: /etc/tls.key}");
    Optional<TlsSettings> tls = tlsKeys.flatMap(HttpReader::tls);
    boolean asksClients = tlsKeys.flatMap(it -> it.get("clientCa")).isPresent();
    Optional<CertificateSettings> certificates =
        keys.block("certificates", "{name: cn}").map(HttpReader::certificates);
    keys.get("certificates")
        .filter(_ -> !asksClients)
        .ifPresent(at ->
            at.problem(
                "Nobody is asked for a certificate; name who issues them with clientCa under"
                    + " http.tls, or remove this."));
    return new HttpSettings(
        publicUrl,
        keys.get("allowedOrigins").map(HttpReader::origins).orElse(List.of()),
        keys.get("allowedHosts").map(HttpReader::hosts).orElse(List.of()),
        tls,
        keys.onOff("tokens").orElse(HttpSettings.USUAL.tokens()),
        keys.getUnlessEmpty("oauth")
            .map(it -> OauthReader.read(it, publicUrl, keys.get("publicUrl").isPresent()))
            .orElse(List.of()),
        keys.block("serviceAccounts", "{audience: kubewicket}")
            .flatMap(HttpReader::serviceAccounts),
        asksClients
            ? Optional.of(certificates.orElse(CertificateSettings.USUAL))
            : Optional.empty());
  }

  private static Optional<URI> publicUrl(Field field) {
    String what =
        "the address that clients use, such as https://kubewicket.example/mcp, without a query and"
            + " without a slash at its end";
    Optional<String> text = field.text(what);
    if (text.isPresent()
        && (!Addresses.isSafe(text.get())
            || URI.create(text.get()).getRawQuery() != null
            || text.get().endsWith("/"))) {
      return field.unexpected(what);
    }
    return text.map(URI::create);
  }

  private static List<String> origins(Field field) {
    String item = "an origin, such as https://console.example, without a path";
    Map<String, Field> names = named(field, "a list of origins, or [] for none", item);
    names.forEach((name, at) -> {
      boolean isOrigin =
          Addresses.isSafe(name)
              && URI.create(name).getRawPath().isEmpty()
              && URI.create(name).getRawQuery() == null
              && name.equals(name.toLowerCase(Locale.ROOT));
      if (!isOrigin) {
        at.unexpected(item);
      }
    });
    return List.copyOf(names.keySet());
  }

  private static List<String> hosts(Field field) {
    String item = "the name of a host in lower case, such as kubewicket.agents.svc, without a port";
    Map<String, Field> names = named(field, "a list of hosts, or [] for none", item);
    names.forEach((name, at) -> {
      if (name.length() > LONGEST_HOST || !(name.matches(HOST) || name.matches(LITERAL))) {
        at.unexpected(item);
      }
    });
    return List.copyOf(names.keySet());
  }

  private static Map<String, Field> named(Field field, String what, String item) {
    return field.value() instanceof Yaml.Sequence(List<Yaml> items, var _) && items.isEmpty()
        ? Map.of()
        : field.names(what, item);
  }

  private static Optional<TlsSettings> tls(Fields keys) {
    Optional<Path> certificate =
        keys.required("certificate", "certificate: /etc/kubewicket/tls/tls.crt")
            .flatMap(HttpReader::path);
    Optional<Path> key =
        keys.required("key", "key: /etc/kubewicket/tls/tls.key").flatMap(HttpReader::path);
    Optional<Path> clientCa = keys.get("clientCa").flatMap(HttpReader::path);
    return certificate.flatMap(it -> key.map(other -> new TlsSettings(it, other, clientCa)));
  }

  /// An absolute path of a file.
  static Optional<Path> path(Field field) {
    String what = "the absolute path of a file, such as /etc/kubewicket/tls/tls.crt";
    Optional<String> path = field.sentence(what, LONGEST_PATH);
    return path.isPresent() && (!path.get().startsWith("/") || path.get().endsWith("/"))
        ? field.unexpected(what)
        : path.map(Path::of);
  }

  private static Optional<ServiceAccountSettings> serviceAccounts(Fields keys) {
    Optional<String> audience =
        keys.required("audience", "audience: kubewicket").flatMap(HttpReader::audience);
    List<String> write =
        keys.get("write")
            .map(it ->
                patterns(
                    it,
                    "a ServiceAccount as namespace/name, such as agents/deployer or \"agents/*\"",
                    "[a-z0-9]([a-z0-9-]*[a-z0-9])?/([a-z0-9.-]+\\*?|\\*)"))
            .orElse(List.of());
    return audience.map(it -> new ServiceAccountSettings(it, write));
  }

  /// Text that a token's `aud` can hold, and none that stands for the API server itself: a token
  /// for it is a pod's own, and good for all that the pod may do.
  private static Optional<String> audience(Field field) {
    String what = "an audience of Kubewicket's own, such as kubewicket";
    Optional<String> audience = field.sentence(what, Keys.LONGEST_LINE);
    boolean isTheApiServers =
        audience
            .filter(it ->
                it.matches(
                    "(https?://)?kubernetes(\\.default.*)?|api|(https?://)?kube-apiserver.*"))
            .isPresent();
    return isTheApiServers ? field.unexpected(what, "; that is the API server's.") : audience;
  }

  private static CertificateSettings certificates(Fields keys) {
    List<String> words = Keys.words(CertificateSettings.Name.values()).words();
    return new CertificateSettings(
        keys.getUnlessEmpty("name")
            .flatMap(it -> it.word(words))
            .map(it -> CertificateSettings.Name.valueOf(it.toUpperCase(Locale.ROOT)))
            .orElse(CertificateSettings.USUAL.name()),
        keys.get("write")
            .map(it ->
                patterns(
                    it,
                    "a certificate's name, such as ci-main, or the start of names, such as"
                        + " \"ci-*\"",
                    "[^*\\s]+\\*?|\\*"))
            .orElse(List.of()));
  }

  private static List<String> patterns(Field field, String item, String form) {
    Map<String, Field> names = field.names("a list of names", item);
    names.forEach((name, at) -> {
      if (!name.matches(form) || name.length() > Keys.LONGEST_LINE) {
        at.unexpected(item);
      }
    });
    return new ArrayList<>(names.keySet());
  }
}
