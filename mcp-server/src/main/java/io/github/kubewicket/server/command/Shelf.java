package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.key.PublicKeyText;
import io.github.kubewicket.policy.ledger.AuditReport;
import io.github.kubewicket.policy.ledger.CheckpointKeyPlace;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerAudit;
import io.github.kubewicket.policy.ledger.PostgresLedger;
import io.github.kubewicket.policy.ledger.PostgresLocation;
import io.github.kubewicket.policy.ledger.SqliteLedger;
import io.github.kubewicket.policy.ledger.StateDirectory;
import io.github.kubewicket.server.change.DatabaseInstances;
import io.github.kubewicket.server.change.FileInstances;
import io.github.kubewicket.server.change.Instances;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Where the ledger is kept, and what follows from that.
sealed interface Shelf {
  /// The ledger; nothing is opened yet.
  Ledger ledger(InstantSource clock, SecureRandom random, CheckpointSink checkpoints);

  /// Which processes that share it are alive.
  ///
  /// @param own the name of this one
  Instances instances(String own);

  /// Reads all of it and says what is wrong.
  AuditReport audit(Optional<PublicKeyText> trusted, List<String> witnesses);

  /// Whether there can be anything in it; asks no network.
  boolean mayHoldSomething();

  /// 32 secret bytes for one purpose. Replicas that were given one checkpoint key derive the same.
  ///
  /// @param random makes them where nothing is shared; they last as long as the process then
  byte[] secret(String purpose, SecureRandom random);

  /// As people know it.
  String name();

  /// A file in the state directory: one machine, any number of processes.
  record Local(Path directory) implements Shelf {
    @Override
    public Ledger ledger(InstantSource clock, SecureRandom random, CheckpointSink checkpoints) {
      return new SqliteLedger(state(), clock, random, checkpoints);
    }

    @Override
    public Instances instances(String own) {
      return new FileInstances(directory, own);
    }

    @Override
    public AuditReport audit(Optional<PublicKeyText> trusted, List<String> witnesses) {
      return LedgerAudit.of(state().ledger(), trusted, witnesses);
    }

    @Override
    public boolean mayHoldSomething() {
      return Files.exists(state().ledger());
    }

    @Override
    public byte[] secret(String purpose, SecureRandom random) {
      return Secrets.random(random);
    }

    @Override
    public String name() {
      return directory.toString();
    }

    private StateDirectory state() {
      return new StateDirectory(directory);
    }
  }

  /// A PostgreSQL: any number of replicas.
  ///
  /// @param directory the state directory of this machine
  /// @param key the file that `KUBEWICKET_CHECKPOINT_KEY` names; where empty, this machine's own
  record Shared(PostgresLocation place, Path directory, Optional<Path> key) implements Shelf {
    @Override
    public Ledger ledger(InstantSource clock, SecureRandom random, CheckpointSink checkpoints) {
      return new PostgresLedger(place, key(random), clock, checkpoints);
    }

    @Override
    public Instances instances(String own) {
      return new DatabaseInstances(place::connect, own);
    }

    @Override
    public AuditReport audit(Optional<PublicKeyText> trusted, List<String> witnesses) {
      return LedgerAudit.of(place, key(new SecureRandom()), trusted, witnesses);
    }

    @Override
    public boolean mayHoldSomething() {
      return true;
    }

    @Override
    public byte[] secret(String purpose, SecureRandom random) {
      return key.map(file -> Secrets.derived(file, purpose))
          .orElseGet(() -> Secrets.random(random));
    }

    @Override
    public String name() {
      return place.toString();
    }

    private CheckpointKeyPlace key(SecureRandom random) {
      return key.<CheckpointKeyPlace>map(CheckpointKeyPlace.Given::new)
          .orElseGet(() -> new CheckpointKeyPlace.Local(new StateDirectory(directory), random));
    }
  }
}
