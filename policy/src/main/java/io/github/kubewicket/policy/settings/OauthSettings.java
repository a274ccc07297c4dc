package io.github.kubewicket.policy.settings;

import java.util.List;
import java.util.Set;

/// An issuer whose JWTs are taken, from `http.oauth`.
///
/// @param name what callers of this issuer are called after: `oidc:NAME:SUB`
/// @param issuer what `iss` has to be, to the letter
/// @param audience what `aud` has to hold
/// @param jwks where its keys are: an https address, an http address on loopback, or an absolute
///   path
/// @param algorithms the signatures that are taken, of [#ALGORITHMS]
/// @param subjectClaim the claim that names the caller
/// @param groupsClaim the claim with the caller's groups
/// @param scopeClaim the claim with the token's scopes
/// @param readScopes scopes that let a caller read
/// @param writeScopes scopes that let a caller read and ask for changes
public record OauthSettings(
    String name,
    String issuer,
    String audience,
    String jwks,
    List<String> algorithms,
    String subjectClaim,
    String groupsClaim,
    String scopeClaim,
    Set<String> readScopes,
    Set<String> writeScopes) {
  /// The algorithms there are (<https://www.rfc-editor.org/rfc/rfc7518#section-3.1>, RFC 8037): all
  /// with a public key, since whoever can check a MAC can also make one.
  public static final List<String> ALGORITHMS =
      List.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  /// Those that are taken where the file is silent.
  public static final List<String> USUAL_ALGORITHMS = List.of("RS256", "PS256", "ES256", "EdDSA");

  /// Copies the collections.
  public OauthSettings {
    algorithms = List.copyOf(algorithms);
    readScopes = Set.copyOf(readScopes);
    writeScopes = Set.copyOf(writeScopes);
  }
}
