package io.github.kubewicket.server.resource;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a `kubewicket://` URI names. The only place that reads and writes such URIs: a path is
/// split before it is decoded, each segment is decoded once, and what could be read in two ways is
/// none.
sealed interface Address {
  /// The template of [OfObject].
  String OBJECTS = "kubewicket://objects/{namespace}/{kind}/{name}";

  /// The template of [OfReport].
  String REPORTS = "kubewicket://reports/{namespace}";

  /// The template of [OfChange].
  String CHANGE = "kubewicket://changes/{id}";

  /// The address of [OfChanges].
  String CHANGES = "kubewicket://changes";

  /// Stands where a namespace would, for objects without one; no namespace is called so.
  String NO_NAMESPACE = "-";

  /// One object.
  ///
  /// @param namespace empty for one without
  /// @param kind any name of a kind, such as `deploy` or `deployments.apps`
  record OfObject(Optional<String> namespace, String kind, String name) implements Address {
    @Override
    public String uri() {
      return "kubewicket://objects/"
          + namespace.orElse(NO_NAMESPACE)
          + "/"
          + encoded(kind)
          + "/"
          + encoded(name);
    }
  }

  /// The report on a namespace.
  record OfReport(String namespace) implements Address {
    @Override
    public String uri() {
      return "kubewicket://reports/" + namespace;
    }
  }

  /// The recent changes.
  record OfChanges() implements Address {
    @Override
    public String uri() {
      return CHANGES;
    }
  }

  /// One change or request.
  ///
  /// @param id such as `ar_…` or `ch_…`
  record OfChange(String id) implements Address {
    @Override
    public String uri() {
      return CHANGES + "/" + id;
    }
  }

  /// It as a URI, one spelling for each.
  String uri();

  /// What came of reading a URI.
  sealed interface Read {
    /// It names this.
    record Good(Address address) implements Read {}

    /// It names nothing; the sentence says why.
    record Bad(String message) implements Read {}
  }

  /// Reads a URI of any length and content.
  static Read of(String uri) {
    if (uri.length() > Parts.LONGEST) {
      return new Read.Bad("A resource's URI has at most " + Parts.LONGEST + " characters.");
    }
    if (!uri.startsWith(Parts.SCHEME)) {
      return new Read.Bad("A resource's URI begins with " + Parts.SCHEME + ".");
    }
    List<String> parts = new ArrayList<>();
    for (String raw : uri.substring(Parts.SCHEME.length()).split("/", -1)) {
      Optional<String> part = Parts.decoded(raw);
      if (part.isEmpty()) {
        return new Read.Bad(
            "A part of the URI is empty, or holds what no name can: send each name"
                + " percent-encoded once, without query and fragment.");
      }
      parts.add(part.get());
    }
    return switch (parts.getFirst()) {
      case "objects" -> parts.size() == 4 ? object(parts) : shape(OBJECTS);
      case "reports" -> parts.size() == 2 ? report(parts.get(1)) : shape(REPORTS);
      case "changes" ->
          parts.size() == 1
              ? new Read.Good(new OfChanges())
              : parts.size() == 2 ? change(parts.get(1)) : shape(CHANGE);
      default ->
          new Read.Bad("Resources are " + String.join(", ", OBJECTS, REPORTS, CHANGES) + ".");
    };
  }

  private static Read object(List<String> parts) {
    boolean none = parts.get(1).equals(NO_NAMESPACE);
    if (!none && !Parts.LABEL.matcher(parts.get(1)).matches()) {
      return noNamespace();
    }
    if (!Parts.KIND.matcher(parts.get(2)).matches()) {
      return new Read.Bad("The kind in the URI is a name such as deployments or deployments.apps.");
    }
    Optional<String> namespace = none ? Optional.empty() : Optional.of(parts.get(1));
    return new Read.Good(new OfObject(namespace, parts.get(2), parts.get(3)));
  }

  private static Read report(String namespace) {
    return Parts.LABEL.matcher(namespace).matches()
        ? new Read.Good(new OfReport(namespace))
        : noNamespace();
  }

  private static Read change(String id) {
    return Parts.ID.matcher(id).matches()
        ? new Read.Good(new OfChange(id))
        : new Read.Bad("The id in the URI is a changeId or requestId, such as ch_01J….");
  }

  private static Read noNamespace() {
    return new Read.Bad(
        "The namespace in the URI is an exact name, or - for objects that live in none.");
  }

  private static Read shape(String template) {
    return new Read.Bad("The URI does not fit " + template + ".");
  }

  /// Percent-encodes one segment (RFC 3986, 2.3: all but the unreserved characters).
  private static String encoded(String part) {
    StringBuilder out = new StringBuilder();
    for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append("%02X".formatted(b & 0xff));
      }
    }
    return out.toString();
  }

  /// The parts of a path.
  final class Parts {
    private static final String SCHEME = "kubewicket://";
    private static final int LONGEST = 1_500;
    private static final int LONGEST_PART = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern KIND = Pattern.compile("[A-Za-z][A-Za-z0-9.-]{0,252}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,79}");

    /// What may stand in a segment as it is (RFC 3986, 3.3), and the escapes.
    private static final Pattern RAW =
        Pattern.compile("([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+");

    private Parts() {}

    /// The part, decoded once; empty where it is no name: empty, `.` or `..`, badly encoded, or
    /// with anything but visible ASCII in it, or a `/` or `%`, which no Kubernetes name has.
    private static Optional<String> decoded(String raw) {
      if (!RAW.matcher(raw).matches()) {
        return Optional.empty();
      }
      byte[] bytes = new byte[raw.length()];
      int length = 0;
      for (int i = 0; i < raw.length(); i++) {
        boolean escape = raw.charAt(i) == '%';
        bytes[length++] =
            (byte) (escape ? Integer.parseInt(raw.substring(i + 1, i + 3), 16) : raw.charAt(i));
        i += escape ? 2 : 0;
      }
      return text(ByteBuffer.wrap(bytes, 0, length))
          .filter(text -> text.length() <= LONGEST_PART)
          .filter(text -> !text.equals(".") && !text.equals(".."))
          .filter(text -> text.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '/' && c != '%'));
    }

    private static Optional<String> text(ByteBuffer bytes) {
      try {
        return Optional.of(
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(bytes)
                .toString());
      } catch (CharacterCodingException e) {
        return Optional.empty();
      }
    }
  }
}
