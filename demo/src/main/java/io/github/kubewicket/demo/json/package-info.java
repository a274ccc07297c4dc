/// Small readings and writings of JSON trees.
@NullMarked
package io.github.kubewicket.demo.json;

import org.jspecify.annotations.NullMarked;
