package io.github.kubewicket.policy.ledger;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/// Which PostgreSQL holds the ledger, and who asks it. The password is in no text that this class
/// gives away.
///
/// Parameters of the URL: <https://jdbc.postgresql.org/documentation/use/>. Those that bound how
/// long anything may take are set here whatever the URL says.
public final class PostgresLocation {
  private static final String PREFIX = "jdbc:postgresql:";
  private static final Pattern URL =
      Pattern.compile("jdbc:postgresql:(//[^/?@\\s]*/)?([^/?@\\s]*)(\\?\\S*)?");
  private static final int CONNECT_SECONDS = 3;

  /// Longer than the server's own limits below, so that its answer comes first.
  private static final int SILENCE_SECONDS = 5;

  /// The server ends what waits or runs too long, and lets go of the lock of a writer that is gone.
  /// A role's own settings must not undo what a commit and a decision rest on.
  private static final String SETTINGS =
      String.join(
          " ",
          "-c statement_timeout=4000",
          "-c lock_timeout=3000",
          "-c idle_in_transaction_session_timeout=5000",
          "-c tcp_user_timeout=10000",
          "-c tcp_keepalives_idle=10",
          "-c tcp_keepalives_interval=5",
          "-c tcp_keepalives_count=2",
          "-c synchronous_commit=on",
          "-c default_transaction_isolation=read\\ committed",
          "-c default_transaction_read_only=off",
          "-c timezone=UTC");

  private final String url;
  private final String shown;
  private final Optional<String> user;
  private final Optional<String> password;
  private final Optional<Path> passwordFile;

  private PostgresLocation(
      String url,
      String shown,
      Optional<String> user,
      Optional<String> password,
      Optional<Path> passwordFile) {
    this.url = url;
    this.shown = shown;
    this.user = user;
    this.password = password;
    this.passwordFile = passwordFile;
  }

  /// Whether the value of `KUBEWICKET_STATE` means a PostgreSQL.
  public static boolean isMeant(String state) {
    return state.startsWith(PREFIX);
  }

  /// Reads `jdbc:postgresql://host:port/database?user=…&password=…`. What it does not say comes
  /// from `PGUSER`, and from the file that `KUBEWICKET_STATE_PASSWORD_FILE` names or `PGPASSWORD`.
  ///
  /// @throws LedgerException when it is no such URL; the message does not repeat it
  public static PostgresLocation of(String url, Map<String, String> environment) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches() || parts.group(2).isEmpty()) {
      throw new LedgerException(
          "KUBEWICKET_STATE is not a URL of the form jdbc:postgresql://HOST:PORT/DATABASE?user=USER; mend it, and keep the password in KUBEWICKET_STATE_PASSWORD_FILE.");
    }
    Optional<String> user = value(environment, "PGUSER");
    Optional<String> password = value(environment, "PGPASSWORD");
    Optional<Path> file = value(environment, "KUBEWICKET_STATE_PASSWORD_FILE").map(Path::of);
    List<String> others = new ArrayList<>();
    String query = parts.group(3) == null ? "" : parts.group(3).substring(1);
    for (String parameter : query.split("&")) {
      if (parameter.startsWith("user=")) {
        user = Optional.of(decoded(parameter.substring(5)));
      } else if (parameter.startsWith("password=")) {
        password = Optional.of(decoded(parameter.substring(9)));
        file = Optional.empty();
      } else if (!parameter.isEmpty()) {
        others.add(parameter);
      }
    }
    String host = parts.group(1) == null ? "//localhost/" : parts.group(1);
    String place = host + parts.group(2);
    return new PostgresLocation(
        PREFIX + place + (others.isEmpty() ? "" : "?" + String.join("&", others)),
        "postgresql:" + place,
        user,
        password,
        file);
  }

  /// Opens a connection of its own, with every bound set; the caller closes it.
  ///
  /// @throws LedgerException with one sentence when that fails
  public Connection connect() {
    try {
      Credentials credentials = credentials();
      return source().getConnection(credentials.user(), credentials.password());
    } catch (SQLException e) {
      throw new PostgresDialect(this).failure(e);
    }
  }

  PGSimpleDataSource source() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    try {
      source.setUrl(url);
    } catch (IllegalArgumentException e) {
      // Without the cause, which repeats the URL.
      throw new LedgerException(
          "PostgreSQL's driver does not understand the URL in KUBEWICKET_STATE; compare it with jdbc:postgresql://HOST:PORT/DATABASE.");
    }
    source.setOptions(SETTINGS);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(SILENCE_SECONDS);
    source.setCancelSignalTimeout(1);
    source.setTcpKeepAlive(true);
    // A standby may be behind, and budgets are counted over what is there.
    source.setTargetServerType("primary");
    source.setApplicationName("kubewicket");
    source.setDefaultRowFetchSize(500);
    source.setLogServerErrorDetail(false);
    return source;
  }

  /// Who asks.
  ///
  /// @param user the role; the operating system's user where nobody names one
  /// @param password empty where there is none
  record Credentials(String user, String password) {
    @Override
    public String toString() {
      return "Credentials[" + user + "]";
    }
  }

  /// Reads the password's file anew each time, since who made it may replace it.
  Credentials credentials() {
    return new Credentials(
        user.orElse(System.getProperty("user.name", "")),
        passwordFile.map(PostgresLocation::read).or(() -> password).orElse(""));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new LedgerException(
          "The password file %s cannot be read; check KUBEWICKET_STATE_PASSWORD_FILE."
              .formatted(file),
          e);
    }
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new LedgerException(
          "A percent sign in KUBEWICKET_STATE does not begin a percent encoding; write %25 for it.");
    }
  }

  /// Host, port and database, as people may see them.
  @Override
  public String toString() {
    return shown;
  }
}
