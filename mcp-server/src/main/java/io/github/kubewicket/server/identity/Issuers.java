package io.github.kubewicket.server.identity;

import io.github.kubewicket.policy.settings.OauthSettings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// The issuers in use, each with its keys. One whose settings changed begins anew; one that is no
/// longer in the file is forgotten.
final class Issuers implements AutoCloseable {
  private final InstantSource clock;
  private final Map<OauthSettings, Issuer> open = new HashMap<>();

  Issuers(InstantSource clock) {
    this.clock = clock;
  }

  /// The issuer with these settings.
  ///
  /// @param all the issuers in the file
  synchronized Issuer of(OauthSettings settings, List<OauthSettings> all) {
    if (!all.containsAll(open.keySet())) {
      closeBut(all);
    }
    return open.computeIfAbsent(settings, it -> new Issuer(it, clock));
  }

  @Override
  public synchronized void close() {
    closeBut(List.of());
  }

  private void closeBut(List<OauthSettings> kept) {
    for (Iterator<Issuer> each = open.values().iterator(); each.hasNext(); ) {
      Issuer issuer = each.next();
      if (!kept.contains(issuer.settings())) {
        each.remove();
        try {
          issuer.close();
        } catch (IOException e) {
          // It only held threads that ask for keys, and those are gone.
        }
      }
    }
  }
}
