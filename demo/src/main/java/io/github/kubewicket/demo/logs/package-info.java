/// What the containers print.
@NullMarked
package io.github.kubewicket.demo.logs;

import org.jspecify.annotations.NullMarked;
