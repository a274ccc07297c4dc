/// What the server says about itself: version, groups, resources, OpenAPI.
@NullMarked
package io.github.kubewicket.demo.discovery;

import org.jspecify.annotations.NullMarked;
