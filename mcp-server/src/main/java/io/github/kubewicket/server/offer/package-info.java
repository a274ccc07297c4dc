/// What a client can be offered besides tools, as values and questions: resources and their
/// changes, prompts, completions. Knows nothing of a protocol.
@NullMarked
package io.github.kubewicket.server.offer;

import org.jspecify.annotations.NullMarked;
