package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.key.PublicKeyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `approvers`.
final class ApproverReader {
  private static final int LONGEST_PRINCIPAL = 200;

  private ApproverReader() {}

  /// The approvers that are right, in the file's order.
  static List<Policy.Approver> read(Field list) {
    List<Policy.Approver> approvers = new ArrayList<>();
    Unique names = new Unique();
    Unique keys = new Unique();
    for (Field field :
        list.items("a list of approvers, each with name and key").orElse(List.of())) {
      field
          .fields("an approver with name and key", Keys.APPROVER)
          .flatMap(block -> approver(block, names, keys))
          .ifPresent(approvers::add);
    }
    return approvers;
  }

  private static Optional<Policy.Approver> approver(Fields block, Unique names, Unique keys) {
    Optional<Field> nameField = block.required("name", "name: on-call");
    Optional<String> name = nameField.flatMap(it -> Names.read(it, "on-call"));
    nameField.ifPresent(at ->
        name.ifPresent(text ->
            names.claim(text, at, "The approver " + Quoted.of(text), "rename one of them")));
    Optional<Field> keyField =
        block.required("key", "key: ed25519:… as kubewicket key new prints it");
    Optional<PublicKeyText> key = keyField.flatMap(PublicKey::read);
    keyField.ifPresent(at ->
        key.ifPresent(it ->
            keys.claim(it.keyId(), at, "The same key", "give each person a key of their own")));
    Set<String> principals =
        block.get("principals").map(ApproverReader::principals).orElse(Set.of());
    return name.flatMap(
        it -> key.map(pub -> new Policy.Approver(it, pub.keyId(), pub.text(), principals)));
  }

  private static Set<String> principals(Field field) {
    String item = "a caller as the ledger names it, such as stdio:sam";
    Map<String, Field> names = field.names("a list of callers, such as [\"stdio:sam\"]", item);
    names.forEach((name, at) -> {
      int colon = name.indexOf(':');
      if (colon < 1
          || colon == name.length() - 1
          || name.length() > LONGEST_PRINCIPAL
          || name.chars().anyMatch(c -> Character.isISOControl(c) || c == ' ')) {
        at.unexpected(item);
      }
    });
    return names.keySet();
  }
}
