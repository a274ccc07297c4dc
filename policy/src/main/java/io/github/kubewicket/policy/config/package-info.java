/// `tools.yaml` to [Policy][io.github.kubewicket.policy.config.Policy]: every error with file, line
/// and a suggestion.
@NullMarked
package io.github.kubewicket.policy.config;

import org.jspecify.annotations.NullMarked;
