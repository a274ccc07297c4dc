package io.github.kubewicket.server.cluster;

import java.util.List;

/// One answer of the API server.
///
/// @param status HTTP status
/// @param body as sent
/// @param warnings texts of its `Warning` headers
record ApiAnswer(int status, byte[] body, List<String> warnings) {}
