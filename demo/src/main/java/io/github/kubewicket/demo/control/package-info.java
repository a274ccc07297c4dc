/// The controllers, the scheduler and the kubelet, as one loop that can be stepped.
@NullMarked
package io.github.kubewicket.demo.control;

import org.jspecify.annotations.NullMarked;
