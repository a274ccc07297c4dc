package io.github.kubewicket.policy.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.approval.ApproverKey.Made;
import io.github.kubewicket.policy.approval.ApproverKey.Opened;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApproverKeyTest {
  private static final char[] PASSPHRASE = "größer als zwölf".toCharArray();

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("ada.pem");
  }

  @Test
  void opensWhatItMadeUnderAPassphraseWithUmlauts() {
    Made.Created made = create();

    Opened opened = ApproverKey.open(file, PASSPHRASE);

    assertThat(((Opened.Usable) opened).key().publicKey()).isEqualTo(made.publicKey());
  }

  @Test
  void keepsTheFileToTheOwnerAndLeavesNothingBeside() throws Exception {
    create();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void leavesAFileThatIsThereAlone() throws Exception {
    Files.writeString(file, "precious");

    Made made = ApproverKey.create(file, PASSPHRASE, new SecureRandom());

    assertThat(made).isInstanceOf(Made.Refused.class);
    assertThat(file).hasContent("precious");
  }

  @Test
  void refusesAPassphraseOfElevenCharacters() {
    Made made = ApproverKey.create(file, "elevenchars".toCharArray(), new SecureRandom());

    assertThat(made).isInstanceOf(Made.Refused.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void saysThatThePassphraseIsWrong() {
    create();

    Opened opened = ApproverKey.open(file, "something else entirely".toCharArray());

    assertThat(opened).isInstanceOf(Opened.WrongPassphrase.class);
  }

  @Test
  void refusesAFileThatOthersMayRead() throws Exception {
    create();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    Opened opened = ApproverKey.open(file, PASSPHRASE);

    assertThat(((Opened.Refused) opened).message()).contains("chmod 600");
  }

  @Test
  void refusesWhatIsMissingOrNoKey() throws Exception {
    assertThat(((Opened.Refused) ApproverKey.open(file, PASSPHRASE)).message())
        .contains("There is no key file");
    writePrivately(
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----");
    assertThat(((Opened.Refused) ApproverKey.open(file, PASSPHRASE)).message())
        .contains("no encrypted PKCS#8");
    writePrivately("hello");
    assertThat(((Opened.Refused) ApproverKey.open(file, PASSPHRASE)).message())
        .contains("not an Ed25519 key");
  }

  @Test
  void isReadByOpenSslWhichFindsTheSamePublicKey() throws Exception {
    Made.Created made = create();

    byte[] der =
        openssl("pkey", "-in", file.toString(), "-passin", "stdin", "-pubout", "-outform", "DER");

    // RFC 8410: the SubjectPublicKeyInfo ends with the 32 key bytes.
    byte[] key = Arrays.copyOfRange(der, der.length - 32, der.length);
    assertThat("ed25519:" + Base64.getEncoder().encodeToString(key))
        .isEqualTo(made.publicKey().text());
  }

  @Test
  void opensAKeyOfOpenSslThatIsProtectedAsWellAndNoOther() throws Exception {
    Path plain = directory.resolve("plain.pem");
    openssl("genpkey", "-algorithm", "ed25519", "-out", plain.toString());
    protect(plain, "600000");
    assertThat(ApproverKey.open(file, PASSPHRASE)).isInstanceOf(Opened.Usable.class);

    protect(plain, "2048");
    assertThat(((Opened.Refused) ApproverKey.open(file, PASSPHRASE)).message())
        .contains("2048 iterations");

    writePrivately(Files.readString(plain));
    assertThat(((Opened.Refused) ApproverKey.open(file, PASSPHRASE)).message())
        .contains("not under a passphrase");

    openssl("genpkey", "-algorithm", "x25519", "-out", plain.toString());
    protect(plain, "600000");
    assertThat(((Opened.Refused) ApproverKey.open(file, PASSPHRASE)).message())
        .contains("not an Ed25519 key");
  }

  private Made.Created create() {
    return (Made.Created) ApproverKey.create(file, PASSPHRASE, new SecureRandom());
  }

  private void protect(Path plain, String iterations) throws Exception {
    openssl(
        "pkcs8",
        "-topk8",
        "-v2",
        "aes-256-cbc",
        "-v2prf",
        "hmacWithSHA256",
        "-iter",
        iterations,
        "-in",
        plain.toString(),
        "-out",
        file.toString(),
        "-passout",
        "stdin");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private void writePrivately(String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static byte[] openssl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      Assumptions.abort("openssl is not installed.");
      return new byte[0];
    }
    try (var stdin = process.getOutputStream()) {
      stdin.write((new String(PASSPHRASE) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The commands without a passphrase do not read their input.
    }
    byte[] output = process.getInputStream().readAllBytes();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(new String(output, StandardCharsets.UTF_8)).isZero();
    return output;
  }
}
