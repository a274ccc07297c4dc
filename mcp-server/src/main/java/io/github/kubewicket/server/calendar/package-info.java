/// Calendars on the network.
@NullMarked
package io.github.kubewicket.server.calendar;

import org.jspecify.annotations.NullMarked;
