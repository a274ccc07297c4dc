package io.github.kubewicket.policy.approval;

import io.github.kubewicket.policy.canonical.Digests;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/// What an approver says: this person decides this about exactly this change, for this long.
///
/// @param requestId the request, 1 to 100 of `A-Z a-z 0-9 _ -`
/// @param bindingDigest the digest of everything that the approval is bound to, `sha256:<hex>`
/// @param decision what was decided
/// @param approver the approver's name in `tools.yaml`, 1 to 200 characters, none of them a control
///   character
/// @param issuedAt whole seconds, from 1970 to 9999
/// @param expiresAt whole seconds, after `issuedAt` and at most 4 hours later
/// @param jti the statement's own id, 1 to 100 of `A-Z a-z 0-9 _ -`
public record ApprovalStatement(
    String requestId,
    String bindingDigest,
    Decision decision,
    String approver,
    Instant issuedAt,
    Instant expiresAt,
    String jti) {
  /// How long an approval may live at most.
  public static final Duration MAX_LIFE = Duration.ofHours(4);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  /// 9999-12-31T23:59:59Z.
  private static final Instant MAX_TIME = Instant.ofEpochSecond(253_402_300_799L);

  /// What an approver decided. A rejection needs no signature: it lets nothing through.
  public enum Decision {
    /// Yes.
    APPROVE;

    /// The name as tokens spell it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Refuses what is out of bounds, and drops fractions of seconds, which a token cannot hold.
  public ApprovalStatement {
    issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
    expiresAt = expiresAt.truncatedTo(ChronoUnit.SECONDS);
    require(ID.matcher(requestId).matches(), "requestId has 1 to 100 of A-Z a-z 0-9 _ -");
    require(ID.matcher(jti).matches(), "jti has 1 to 100 of A-Z a-z 0-9 _ -");
    require(Digests.isDigest(bindingDigest), "bindingDigest is \"sha256:\" and 64 hex digits");
    require(
        !approver.isEmpty()
            && approver.length() <= 200
            && approver.chars().noneMatch(Character::isISOControl),
        "approver has 1 to 200 characters and no control characters");
    require(
        !issuedAt.isBefore(Instant.EPOCH) && !expiresAt.isAfter(MAX_TIME),
        "iat and exp are between the years 1970 and 9999");
    require(expiresAt.isAfter(issuedAt), "exp is after iat");
    require(!expiresAt.isAfter(issuedAt.plus(MAX_LIFE)), "exp is at most 4 hours after iat");
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("A statement's " + rule + ".");
    }
  }
}
