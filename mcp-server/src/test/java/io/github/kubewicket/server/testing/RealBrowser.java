package io.github.kubewicket.server.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Marks tests that need a real Chromium, which the environment variable `KUBEWICKET_TEST_BROWSER`
/// names; `scripts/test-browser` prints it. Without one they are skipped, except in CI (`CI=true`),
/// which skips none.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Chromium.class)
public @interface RealBrowser {}
