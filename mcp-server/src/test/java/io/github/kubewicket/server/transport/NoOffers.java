package io.github.kubewicket.server.transport;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.offer.*;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Nothing but tools.
final class NoOffers {
  static final Offers INSTANCE =
      new Offers(
          new Resources() {
            @Override
            public List<Resource> list(Caller caller) {
              return List.of();
            }

            @Override
            public List<ResourceTemplate> templates(Caller caller) {
              return List.of();
            }

            @Override
            public ResourceAnswer read(Caller caller, String uri) {
              return new ResourceAnswer.Missing("There is no resource here.");
            }

            @Override
            public Optional<AutoCloseable> subscribe(Caller caller, String uri, Runnable changed) {
              return Optional.empty();
            }
          },
          new Prompts() {
            @Override
            public List<Prompt> list(Caller caller) {
              return List.of();
            }

            @Override
            public PromptAnswer get(Caller caller, String name, Map<String, String> arguments) {
              return new PromptAnswer.Unknown();
            }
          },
          (_, _, _, _, _) -> Completion.NONE);

  private NoOffers() {}
}
