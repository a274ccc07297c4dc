package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.settings.OauthSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `http.oauth`.
final class OauthReader {
  private static final int LONGEST_ADDRESS = 2_000;
  private static final int LONGEST_CLAIM = 200;

  private OauthReader() {}

  /// The issuers that are right, in the file's order.
  ///
  /// @param isPublic whether the file says a `publicUrl` at all, right or wrong
  static List<OauthSettings> read(Field list, Optional<URI> publicUrl, boolean isPublic) {
    List<OauthSettings> issuers = new ArrayList<>();
    Unique names = new Unique();
    Unique addresses = new Unique();
    for (Field field :
        list.items("a list of issuers, each with name, issuer and jwks").orElse(List.of())) {
      field
          .fields("an issuer with name, issuer and jwks", Keys.OAUTH)
          .flatMap(keys -> issuer(field, keys, names, addresses, publicUrl, isPublic))
          .ifPresent(issuers::add);
    }
    return issuers;
  }

  private static Optional<OauthSettings> issuer(
      Field at,
      Fields keys,
      Unique names,
      Unique addresses,
      Optional<URI> publicUrl,
      boolean isPublic) {
    Optional<Field> nameField = keys.required("name", "name: corp");
    Optional<String> name = nameField.flatMap(it -> Names.read(it, "corp"));
    nameField.ifPresent(it ->
        name.ifPresent(
            text -> names.claim(text, it, "The issuer " + Quoted.of(text), "rename one of them")));
    Optional<Field> issuerField = keys.required("issuer", "issuer: https://login.example");
    Optional<String> issuer = issuerField.flatMap(OauthReader::address);
    issuerField.ifPresent(it ->
        issuer.ifPresent(text ->
            addresses.claim(text, it, "The issuer " + Quoted.of(text), "keep one of them")));
    Optional<String> jwks =
        keys.required("jwks", "jwks: https://login.example/keys").flatMap(OauthReader::jwks);
    Optional<String> audience =
        keys.get("audience")
            .flatMap(it -> it.sentence("an audience, such as kubewicket", Keys.LONGEST_LINE))
            .or(() -> publicUrl.map(URI::toString));
    if (audience.isEmpty() && keys.get("audience").isEmpty() && !isPublic) {
      at.problem(
          "It is not said what the issuer's tokens have to be issued for; set http.publicUrl, or"
              + " audience here.");
    }
    Optional<Fields> scopes = keys.block("scopes", "{write: [\"kubewicket:write\"]}");
    Set<String> read = scopes(scopes, "read", Caller.READ);
    Set<String> write = scopes(scopes, "write", Caller.WRITE);
    List<String> algorithms =
        keys.get("algorithms").map(OauthReader::algorithms).orElse(OauthSettings.USUAL_ALGORITHMS);
    String subject = claim(keys, "subjectClaim", "sub");
    String groups = claim(keys, "groupsClaim", "groups");
    String scope = claim(keys, "scopeClaim", "scope");
    if (name.isEmpty() || issuer.isEmpty() || jwks.isEmpty() || audience.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new OauthSettings(
            name.get(),
            issuer.get(),
            audience.get(),
            jwks.get(),
            algorithms,
            subject,
            groups,
            scope,
            read,
            write));
  }

  private static Optional<String> address(Field field) {
    String what = "an https:// address, such as https://login.example";
    Optional<String> text = field.text(what);
    return text.isPresent()
            && (text.get().length() > LONGEST_ADDRESS || !Addresses.isSafe(text.get()))
        ? field.unexpected(what)
        : text;
  }

  // Whoever can change the keys on their way can sign as everybody.
  private static Optional<String> jwks(Field field) {
    String what =
        "where the issuer's keys are: an https:// address, an http:// address on loopback, or the"
            + " absolute path of a file";
    Optional<String> text = field.sentence(what, LONGEST_ADDRESS);
    return text.isPresent()
            && !Addresses.isSafe(text.get())
            && (!text.get().startsWith("/") || text.get().endsWith("/"))
        ? field.unexpected(what)
        : text;
  }

  private static List<String> algorithms(Field field) {
    String item = "one of " + String.join(", ", OauthSettings.ALGORITHMS);
    Map<String, Field> names = field.names("a list of algorithms, such as [RS256, ES256]", item);
    names.forEach((name, at) -> {
      if (name.startsWith("HS") || name.equals("none")) {
        at.problem(
            Quoted.of(name)
                + " is never taken: whoever can check such a token can also make one; use "
                + item
                + ".");
      } else if (!OauthSettings.ALGORITHMS.contains(name)) {
        at.unexpected(item, Nearest.of(name, OauthSettings.ALGORITHMS));
      }
    });
    return new ArrayList<>(names.keySet());
  }

  private static String claim(Fields keys, String key, String usual) {
    return keys.get(key)
        .flatMap(it -> it.sentence("the name of a claim, such as " + usual, LONGEST_CLAIM))
        .orElse(usual);
  }

  private static Set<String> scopes(Optional<Fields> block, String key, String usual) {
    String item = "a scope without blanks, such as " + usual;
    return block
        .flatMap(it -> it.get(key))
        .map(field -> {
          Map<String, Field> names = field.names("a list of scopes, such as [" + usual + "]", item);
          names.forEach((name, at) -> {
            // As RFC 6749 (section 3.3) spells them.
            if (!name.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,200}")) {
              at.unexpected(item);
            }
          });
          return names.keySet();
        })
        .orElse(Set.of(usual));
  }
}
