/// HTTP: the token, the limits, the routes.
@NullMarked
package io.github.kubewicket.demo.http;

import org.jspecify.annotations.NullMarked;
