package io.github.kubewicket.server.cluster;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.InstantSource;

/// What is remembered of one cluster. Kinds and schemas are the same for everybody: they are asked
/// with the server's own account, and tell nothing of any namespace. Owners and events are kept
/// apart by account.
///
/// @param discovery the kinds
/// @param schemas what they are made of
/// @param owners who owns what
/// @param feeds the events of some namespaces
/// @param clock tells ages
record SharedKnowledge(
    Discovery discovery, Schemas schemas, Owners owners, EventFeeds feeds, InstantSource clock) {
  /// Nothing yet.
  ///
  /// @param own asks with the server's own account
  static SharedKnowledge of(Api own, InstantSource clock, Ticker ticker) {
    Discovery discovery = new Discovery(new DiscoveryDocuments(own), ticker);
    return new SharedKnowledge(
        discovery,
        new Schemas(own, discovery, ticker),
        new Owners(discovery, ticker),
        new EventFeeds(ticker),
        clock);
  }
}
