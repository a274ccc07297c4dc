package io.github.kubewicket.server.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// Writes a first `tools.yaml`, cases that try it, and its schema.
@Command(
    name = "init",
    description = "Write a first tools.yaml: every read, and one narrow rule, in shadow.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Default: the value of --config, else ~/.config/kubewicket/tools.yaml")
  private @Nullable Path file;

  @Option(
      names = "--namespace",
      paramLabel = "NS",
      defaultValue = "staging",
      description = "The non-production namespace that the rule is about; default: staging.")
  private String namespace = "";

  @Override
  public Integer call() {
    Kubewicket parent = Parents.of(kubewicket);
    if (!FirstPolicy.isNamespace(namespace)) {
      System.err.println(
          "kubewicket: --namespace is the exact name of a namespace: a-z, 0-9 and -, at most 63.");
      return 2;
    }
    Places places = parent.places();
    Path chosen =
        Optional.ofNullable(file).or(places::config).orElse(places.usualConfig()).toAbsolutePath();
    List<Path> beside;
    try {
      FirstPolicy.write(chosen, namespace, places.state());
      beside = FirstCases.write(chosen, namespace);
    } catch (FileAlreadyExistsException e) {
      System.err.println(
          "kubewicket: " + chosen + " exists; it is left as it is. Name another file.");
      return 1;
    } catch (IOException e) {
      System.err.println(
          "kubewicket: "
              + chosen
              + " cannot be written ("
              + e
              + "); name a file in a folder that you may write to.");
      return 1;
    }
    parent
        .out()
        .println(
            chosen
                + " has every read tool and one rule, in shadow, for the namespace "
                + namespace
                + ".\n"
                + beside.stream()
                    .map(written -> "Beside it: " + written.getFileName() + ".\n")
                    .reduce("", String::concat)
                + "Read it, then run: kubewicket policy check "
                + chosen
                + "\nand try it: kubewicket policy test "
                + FirstCases.beside(chosen));
    return 0;
  }
}
