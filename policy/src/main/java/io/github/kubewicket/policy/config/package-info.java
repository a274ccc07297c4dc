/// `tools.yaml` to [Policy][io.github.kubewicket.policy.config.Policy]: every error with file, line
/// and a suggestion.
///
/// A right file is read at every start. Its path avoids pattern switches: the JVM makes a class for
/// each of them at run time, and no cache keeps it.
@NullMarked
package io.github.kubewicket.policy.config;

import org.jspecify.annotations.NullMarked;
