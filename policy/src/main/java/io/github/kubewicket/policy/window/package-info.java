/// When acts are allowed at all: schedules, calendars and freezes.
@NullMarked
package io.github.kubewicket.policy.window;

import org.jspecify.annotations.NullMarked;
