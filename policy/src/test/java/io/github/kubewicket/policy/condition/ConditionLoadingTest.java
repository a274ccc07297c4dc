package io.github.kubewicket.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

/// CEL takes most of a second to load; whoever has no condition does not wait for it.
class ConditionLoadingTest {
  @Test
  void loadsNothingOfCelBeforeTheFirstExpression() throws ReflectiveOperationException {
    FreshClasses classes = new FreshClasses();

    Object conditions =
        classes.loadClass(CelConditions.class.getName()).getConstructor().newInstance();
    Set<String> before = Set.copyOf(classes.seen);
    Object fault =
        conditions.getClass().getMethod("fault", String.class).invoke(conditions, "production");

    assertThat(before).contains(CelConditions.class.getName()).noneMatch(FreshClasses::isLibrary);
    assertThat(fault).isEqualTo(Optional.empty());
    assertThat(classes.seen).anyMatch(FreshClasses::isLibrary);
  }

  /// Defines our classes and the library's anew, and notes each.
  private static final class FreshClasses extends ClassLoader {
    final Set<String> seen = new ConcurrentSkipListSet<>();

    private FreshClasses() {
      super(ConditionLoadingTest.class.getClassLoader());
    }

    static boolean isLibrary(String name) {
      return name.startsWith("dev.cel.")
          || name.startsWith("cel.")
          || name.startsWith("com.google.")
          || name.startsWith("org.antlr.");
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!isLibrary(name) && !name.startsWith("io.github.kubewicket.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? define(name) : known;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(file)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        seen.add(name);
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
