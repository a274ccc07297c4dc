package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads kubeconfig files as kubectl does: the first file that says something wins.
///
/// fabric8 has a reader too. It falls back to another context when the named one is missing, waits
/// for exec plugins without an end, logs what they print, and does not know `tokenFile`; a gate
/// cannot live with the first three.
///
/// Messages name files, contexts and addresses; never anything else that a file holds.
final class Kubeconfig {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();
  private static final long MAX_BYTES = 8L << 20;

  /// One entry of a file, and the folder that its relative paths start from.
  private record Entry(JsonNode json, Path folder) {}

  private final String where;
  private final Map<String, Entry> contexts = new LinkedHashMap<>();
  private final Map<String, Entry> clusters = new LinkedHashMap<>();
  private final Map<String, Entry> users = new LinkedHashMap<>();
  private String current = "";

  private Kubeconfig(List<Path> files) {
    where = String.join(", ", files.stream().map(Path::toString).toList());
    for (Path file : files) {
      JsonNode root = parse(file);
      Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
      collect(root.path("contexts"), "context", folder, contexts);
      collect(root.path("clusters"), "cluster", folder, clusters);
      collect(root.path("users"), "user", folder, users);
      if (current.isEmpty()) {
        current = root.path("current-context").asString("");
      }
    }
  }

  /// The login that these files describe for one context.
  ///
  /// @throws ClusterException with one sentence that says what is missing
  static Login read(List<Path> files, Optional<String> context, ExecPlugin plugins) {
    return new Kubeconfig(files).login(context, plugins);
  }

  private Login login(Optional<String> wanted, ExecPlugin plugins) {
    String name = wanted.orElse(current);
    if (name.isEmpty()) {
      throw unusable(
          "The kubeconfig " + where + " has no current context.",
          "Run `kubectl config use-context NAME`, or start Kubewicket with --context NAME.");
    }
    Entry context = contexts.get(name);
    if (context == null) {
      throw unusable(
          "The kubeconfig " + where + " has no context named \"" + name + "\".",
          "Choose one that `kubectl config get-contexts` prints, with --context NAME.");
    }
    Entry cluster = clusters.get(context.json.path("cluster").asString(""));
    if (cluster == null || cluster.json.path("server").asString("").isBlank()) {
      throw unusable(
          "The context \"" + name + "\" of " + where + " names no cluster with a server address.",
          "Mend the context with `kubectl config set-context`.");
    }
    if (cluster.json.hasNonNull("tls-server-name")) {
      throw unusable(
          "The context \"" + name + "\" uses tls-server-name, which is not supported.",
          "Use a server address that the certificate of the API server names.");
    }
    Entry user = users.get(context.json.path("user").asString(""));
    if (user == null && !context.json.path("user").asString("").isEmpty()) {
      throw unusable(
          "The context \"" + name + "\" of " + where + " names a user that is not there.",
          "Mend the context with `kubectl config set-context`, or log in again.");
    }
    return build(
        name,
        cluster,
        user == null ? new Entry(YAML.createObjectNode(), cluster.folder) : user,
        plugins);
  }

  private Login build(String context, Entry cluster, Entry user, ExecPlugin plugins) {
    JsonNode login = user.json;
    ExecPlugin.Credential exec =
        login.path("exec").isObject()
            ? plugins.run(login.path("exec"), user.folder)
            : ExecPlugin.Credential.NONE;
    Optional<String> basic =
        login.hasNonNull("username")
            ? Optional.of(text(login, "username") + ":" + text(login, "password"))
            : Optional.empty();
    return new Login(
        address(context, text(cluster.json, "server")),
        data(cluster, "certificate-authority-data", "certificate-authority"),
        cluster.json.path("insecure-skip-tls-verify").asBoolean(false),
        proxy(context, text(cluster.json, "proxy-url")),
        exec.certificate().or(() -> data(user, "client-certificate-data", "client-certificate")),
        exec.key().or(() -> data(user, "client-key-data", "client-key")),
        exec.token().or(() -> token(login)),
        given(login, "tokenFile").map(user.folder::resolve),
        basic,
        impersonation(login),
        exec.expires());
  }

  private static Optional<String> token(JsonNode login) {
    JsonNode provider = login.path("auth-provider").path("config");
    return given(login, "token")
        .or(() -> given(provider, "id-token"))
        .or(() -> given(provider, "access-token"));
  }

  private static Map<String, String> impersonation(JsonNode login) {
    Map<String, String> headers = new LinkedHashMap<>();
    given(login, "as").ifPresent(as -> headers.put("Impersonate-User", as));
    given(login, "as-uid").ifPresent(as -> headers.put("Impersonate-Uid", as));
    List<String> groups = new ArrayList<>();
    login.path("as-groups").forEach(group -> groups.add(group.asString("")));
    if (!groups.isEmpty()) {
      headers.put("Impersonate-Group", String.join("\n", groups));
    }
    return headers;
  }

  private URI address(String context, String server) {
    try {
      URI uri = URI.create(server.contains("://") ? server : "https://" + server);
      String scheme = String.valueOf(uri.getScheme());
      if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Falls through: the sentence below says all there is to say.
    }
    throw unusable(
        "The server address of context \"" + context + "\" in " + where + " is not a URL.",
        "Mend it with `kubectl config set-cluster`.");
  }

  private Optional<URI> proxy(String context, String proxy) {
    if (proxy.isBlank()) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(proxy);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).startsWith("http")) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException e) {
      // Falls through.
    }
    throw unusable(
        "The proxy-url of context \"" + context + "\" is not an HTTP proxy.",
        "Only http:// proxies are supported.");
  }

  private Optional<byte[]> data(Entry entry, String inline, String file) {
    Optional<String> base64 = given(entry.json, inline);
    if (base64.isPresent()) {
      try {
        return Optional.of(Base64.getMimeDecoder().decode(base64.get()));
      } catch (IllegalArgumentException e) {
        throw unusable("The field " + inline + " in " + where + " is not base64.", "Log in again.");
      }
    }
    return given(entry.json, file)
        .map(name -> {
          Path path = entry.folder.resolve(name);
          try {
            return Files.readAllBytes(path);
          } catch (IOException e) {
            throw unusable(
                "The file " + path + ", which " + where + " names as " + file + ", cannot be read.",
                "Check that it exists and that this user may read it.");
          }
        });
  }

  private static JsonNode parse(Path file) {
    byte[] bytes;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw unusable("The kubeconfig " + file + " is larger than 8 MiB.", "Name another file.");
      }
      bytes = Files.readAllBytes(file);
    } catch (AccessDeniedException e) {
      throw unusable(
          "The kubeconfig " + file + " cannot be read: permission denied.",
          "Let the user that runs Kubewicket read it.");
    } catch (IOException e) {
      throw unusable(
          "The kubeconfig " + file + " cannot be read.", "Check that it is a readable file.");
    }
    try {
      JsonNode root = YAML.readTree(new String(bytes, StandardCharsets.UTF_8));
      if (root.isObject()) {
        return root;
      }
    } catch (JacksonException e) {
      throw unusable(
          "The kubeconfig "
              + file
              + " is not valid YAML (line "
              + Optional.ofNullable(e.getLocation()).map(at -> at.getLineNr()).orElse(1)
              + ").",
          "Mend the file, or name another one with --kubeconfig.");
    }
    throw unusable(
        "The kubeconfig " + file + " is empty or not a mapping.",
        "Mend the file, or name another one with --kubeconfig.");
  }

  private static void collect(JsonNode list, String field, Path folder, Map<String, Entry> into) {
    for (JsonNode item : list) {
      into.putIfAbsent(item.path("name").asString(""), new Entry(item.path(field), folder));
    }
  }

  private static Optional<String> given(JsonNode json, String field) {
    String value = json.path(field).asString("");
    return value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }

  private static String text(JsonNode json, String field) {
    return given(json, field).orElse("");
  }

  private static ClusterException unusable(String message, String hint) {
    return new ClusterException(Reason.CLUSTER_UNAVAILABLE, message, hint);
  }
}
