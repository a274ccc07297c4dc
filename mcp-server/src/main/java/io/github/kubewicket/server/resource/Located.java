package io.github.kubewicket.server.resource;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// An address and the cluster in which it is meant. Where there are several clusters, the first
/// segment of an object's or a report's URI is the name of one, as in
/// `kubewicket://prod/objects/shop/deploy/web`; changes are those of all of them, and stay where
/// they are.
///
/// @param cluster its name; empty where there is only one, and for changes
record Located(String cluster, Address address) {
  /// The template of objects where there are several clusters.
  static final String OBJECTS = within("{cluster}", Address.OBJECTS);

  /// The template of reports where there are several clusters.
  static final String REPORTS = within("{cluster}", Address.REPORTS);

  private static final String SCHEME = "kubewicket://";
  private static final int LONGEST = 2_000;
  private static final int OF_CHANGES = 2;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /// What came of reading a URI.
  sealed interface Read {
    /// It names this.
    record Good(Located located) implements Read {}

    /// It names nothing; the sentence says why.
    record Bad(String message) implements Read {}
  }

  /// The variables of each template.
  static Map<String, List<String>> variables(boolean several) {
    return several
        ? Map.of(
            OBJECTS,
            List.of("cluster", "namespace", "kind", "name"),
            REPORTS,
            List.of("cluster", "namespace"),
            Address.CHANGE,
            List.of("id"))
        : Map.of(
            Address.OBJECTS, List.of("namespace", "kind", "name"),
            Address.REPORTS, List.of("namespace"),
            Address.CHANGE, List.of("id"));
  }

  /// Reads a URI of any length and content.
  ///
  /// @param several whether there are several clusters
  static Read of(String uri, boolean several) {
    if (!several) {
      return read("", uri);
    }
    if (uri.length() > LONGEST || !uri.startsWith(SCHEME)) {
      return read("", uri);
    }
    // How many segments there are tells a cluster from a change, whatever it is called.
    String path = uri.substring(SCHEME.length());
    if (path.chars().filter(c -> c == '/').count() < OF_CHANGES) {
      Read read = read("", uri);
      return read instanceof Read.Good(Located it) && ofCluster(it.address()) ? noCluster() : read;
    }
    String cluster = path.substring(0, path.indexOf('/'));
    String rest = path.substring(cluster.length() + 1);
    boolean what = rest.startsWith("objects/") || rest.startsWith("reports/");
    return what && NAME.matcher(cluster).matches() ? read(cluster, SCHEME + rest) : noCluster();
  }

  /// The same address with the name of a cluster before its path.
  private static String within(String cluster, String uri) {
    return SCHEME + cluster + "/" + uri.substring(SCHEME.length());
  }

  private static Read read(String cluster, String uri) {
    return switch (Address.of(uri)) {
      case Address.Read.Good(Address address) -> new Read.Good(new Located(cluster, address));
      case Address.Read.Bad(String message) ->
          new Read.Bad(cluster.isEmpty() ? message : whole(message));
    };
  }

  /// The same sentence about addresses with a cluster.
  private static String whole(String message) {
    return message.replace(Address.OBJECTS, OBJECTS).replace(Address.REPORTS, REPORTS);
  }

  private static boolean ofCluster(Address address) {
    return switch (address) {
      case Address.OfObject _, Address.OfReport _ -> true;
      case Address.OfChanges _, Address.OfChange _ -> false;
    };
  }

  private static Read noCluster() {
    return new Read.Bad(
        "Resources are "
            + String.join(", ", OBJECTS, REPORTS, Address.CHANGES)
            + ": name the cluster first.");
  }
}
