package io.github.kubewicket.server.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.settings.OauthSettings;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a caller of claims that were checked.
final class Claims {
  private Claims() {}

  static Authentication caller(OauthSettings settings, JWTClaimsSet claims) {
    Optional<String> subject =
        claims.getClaim(settings.subjectClaim()) instanceof String text
            ? Optional.of(text)
            : Optional.empty();
    Optional<List<String>> groups = texts(claims.getClaim(settings.groupsClaim()), false);
    Optional<List<String>> granted = texts(claims.getClaim(settings.scopeClaim()), true);
    if (subject.isEmpty() || groups.isEmpty() || granted.isEmpty()) {
      return Authentication.Refused.invalid(
          "The token's claims for its subject, groups or scopes are not text, or lists of text.");
    }
    Optional<String> fault = Groups.fault(groups.get(), false);
    if (fault.isPresent()) {
      return Authentication.Refused.invalid("The token's groups do not fit: " + fault.get() + ".");
    }
    return Names.caller(
            "oidc:" + settings.name() + ":",
            subject.get(),
            Set.copyOf(groups.get()),
            scopes(settings, granted.get()))
        .<Authentication>map(Authentication.Known::new)
        .orElseGet(() ->
            Authentication.Refused.invalid(
                "The token's subject is too long for a caller's name, or has blanks or other"
                    + " characters that are not visible ASCII."));
  }

  /// Whoever may write may read.
  private static Set<String> scopes(OauthSettings settings, List<String> granted) {
    Set<String> scopes = new HashSet<>();
    if (!Collections.disjoint(settings.writeScopes(), granted)) {
      scopes.add(Caller.WRITE);
      scopes.add(Caller.READ);
    }
    if (!Collections.disjoint(settings.readScopes(), granted)) {
      scopes.add(Caller.READ);
    }
    return scopes;
  }

  /// Text, or a list of text, or nothing at all; empty for anything else.
  ///
  /// @param words whether a text holds several, between blanks (RFC 8693, section 4.2)
  private static Optional<List<String>> texts(@Nullable Object claim, boolean words) {
    return switch (claim) {
      case null -> Optional.of(List.of());
      case String text when words ->
          Optional.of(Arrays.stream(text.split(" ", -1)).filter(it -> !it.isEmpty()).toList());
      case String text -> Optional.of(List.of(text));
      case List<?> list when list.stream().allMatch(String.class::isInstance) ->
          Optional.of(list.stream().map(String.class::cast).toList());
      default -> Optional.empty();
    };
  }
}
