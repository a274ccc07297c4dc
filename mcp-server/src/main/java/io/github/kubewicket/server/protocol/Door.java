package io.github.kubewicket.server.protocol;

/// What requests of a conversation pass besides its own bounds: those that it shares with others.
public interface Door {
  /// There is nothing to share.
  Door OPEN =
      new Door() {
        @Override
        public boolean enter() {
          return true;
        }

        @Override
        public void leave() {
          // Nobody counts.
        }
      };

  /// Takes a request in, if there is room.
  boolean enter();

  /// Lets one go that was taken in.
  void leave();
}
