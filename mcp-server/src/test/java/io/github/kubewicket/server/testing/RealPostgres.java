package io.github.kubewicket.server.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Marks tests that need a real PostgreSQL, named by the environment variable
/// `KUBEWICKET_TEST_POSTGRES`. Without one they are skipped, except in CI (`CI=true`).
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(PostgresSchema.Condition.class)
public @interface RealPostgres {}
