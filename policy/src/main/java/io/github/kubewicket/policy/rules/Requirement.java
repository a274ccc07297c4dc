package io.github.kubewicket.policy.rules;

import io.github.kubewicket.policy.Reason;
import java.time.Duration;
import java.util.Optional;

/// A condition that must be true for a rule to let something through. False, unknown and broken are
/// all no.
///
/// @param expression CEL
/// @param code the code of the refusal, [Reason#PRECONDITION_FALSE] where the file names none
/// @param message what the refusal says, where the file says it
/// @param sustainedFor how long the server itself must have seen it true, in this call; zero for
///   one look
/// @param line where it stands in the file, from 1
public record Requirement(
    String expression, Reason code, Optional<String> message, Duration sustainedFor, int line) {}
