package io.github.kubewicket.server.cluster;

import java.util.List;
import java.util.Locale;

/// Tells by a name, of an environment variable, a key or a flag, whether its value is a secret.
final class SecretNames {
  private static final List<String> SECRET =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "secret",
          "token",
          "apikey",
          "privatekey",
          "accesskey",
          "signingkey",
          "encryptionkey",
          "masterkey",
          "credential",
          "clientkeydata",
          "dockerconfigjson",
          "kubeconfig",
          "htpasswd",
          "connectionstring");
  private static final List<String> SECRET_ENDS = List.of("pwd", "_pat", "_pass", "-pass", ".pass");
  private static final List<String> HARMLESS_ENDS =
      List.of(
          "name",
          "names",
          "path",
          "file",
          "dir",
          "ttl",
          "seconds",
          "expiry",
          "length",
          "limit",
          "count",
          "type",
          "enabled",
          "namespace",
          "ref",
          "version",
          "policy",
          "hash",
          "generation",
          "audience",
          "issuer",
          "checksum");

  private SecretNames() {}

  /// Whether a value under this name is masked. `DB_PASSWORD` is, `passwordFile` is not.
  static boolean secret(String name) {
    if (name.length() < 3 || name.length() > 256) {
      return false;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    for (String end : SECRET_ENDS) {
      if (lower.endsWith(end)) {
        return true;
      }
    }
    String plain = lower;
    if (lower.indexOf('_') >= 0 || lower.indexOf('-') >= 0 || lower.indexOf('.') >= 0) {
      plain = lower.replace("_", "").replace("-", "").replace(".", "");
    }
    for (String word : SECRET) {
      if (plain.contains(word)) {
        return !harmless(plain);
      }
    }
    return false;
  }

  private static boolean harmless(String plain) {
    for (String end : HARMLESS_ENDS) {
      if (plain.endsWith(end)) {
        return true;
      }
    }
    return false;
  }
}
