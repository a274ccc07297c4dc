package io.github.kubewicket.server.cluster;

import java.util.List;
import java.util.Optional;

/// One answer of the API server.
///
/// @param status HTTP status
/// @param body as sent
/// @param warnings texts of its `Warning` headers
/// @param as the user in whose name it was asked; empty for the server's own account
record ApiAnswer(int status, byte[] body, List<String> warnings, Optional<String> as) {}
