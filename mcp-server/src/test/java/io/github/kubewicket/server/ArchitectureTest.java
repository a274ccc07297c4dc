package io.github.kubewicket.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import io.github.kubewicket.policy.Gate;
import io.github.kubewicket.policy.Permit;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The boundaries that the invariants stand on.
class ArchitectureTest {
  private static final String ROOT = "io.github.kubewicket.";

  /// Multi-release and signature files of other jars are not ours to judge.
  private static final ImportOption OURS =
      (Location location) -> location.contains("/io/github/kubewicket/");

  private final JavaClasses ours =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(OURS)
          .importPackages("io.github.kubewicket");

  @Test
  void policyKnowsNothingOfKubernetesOrMcpOrHttp() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "policy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "server..",
            "io.fabric8..",
            "io.modelcontextprotocol..",
            "java.net.http..",
            "com.sun.net.httpserver..")
        .check(ours);
  }

  @Test
  void onlyTheProtocolAndTheTourSeeTheMcpSdk() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "server.protocol..", ROOT + "demo.tour..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.modelcontextprotocol..", "reactor..")
        .check(ours);
  }

  @Test
  void onlyHttpSeesJettyAndOnlyIdentityReadsJwts() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "server.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(ours);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "server.identity..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds..")
        .check(ours);
  }

  @Test
  void onlyClusterSeesFabric8() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "server.cluster..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .check(ours);
  }

  @Test
  void toolsHoldAViewAndCannotWrite() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "server.tools..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ROOT + "server.change.Workbench")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ROOT + "server.change.Change")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Permit.class)
        .check(ours);
  }

  @Test
  void onlyPolicyMakesPermits() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "policy")
        .should()
        .callConstructor(Permit.class, String.class, String.class)
        .check(ours);
  }

  @Test
  void onlyTheCallPathAndTheWayBackAskTheGateForPermits() {
    classes()
        .that()
        .areAssignableTo(Gate.class)
        .should()
        .onlyBeAccessed()
        .byAnyPackage(
            ROOT + "policy",
            ROOT + "server.call",
            ROOT + "server.change",
            ROOT + "server.command",
            // Plays cases over an in-memory cluster, and sends nothing there either.
            ROOT + "server.rehearsal")
        .check(ours);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching(ROOT + "server.(*)..").should().beFreeOfCycles().check(ours);
  }

  @Test
  void timeIsPassedIn() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(ours);
  }

  @Test
  void nothingReadsStandardOutputByName() {
    noClasses().should().accessField(System.class, "out").check(ours);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .check(ours);
  }
}
