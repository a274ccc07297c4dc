package io.github.kubewicket.server.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Marks tests that need clients and suites that others wrote for Node, in the folder that
/// `scripts/node-tools` prints, named by the environment variable `KUBEWICKET_TEST_NODE`. Without
/// it they are skipped, except in CI (`CI=true`), which skips none.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NodeTools.class)
public @interface RealNode {}
