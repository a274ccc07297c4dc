/// Objects in memory: revisions, history, watchers, and who wrote which field.
@NullMarked
package io.github.kubewicket.demo.store;

import org.jspecify.annotations.NullMarked;
