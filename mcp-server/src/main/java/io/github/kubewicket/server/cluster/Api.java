package io.github.kubewicket.server.cluster;

import java.io.InputStream;

/// Plain HTTP exchanges with one API server, authenticated as the server itself. Package-private:
/// views and writers hold it, tools never do.
interface Api {
  /// Sends one request and reads the whole answer, whatever its status. At most 64 MiB.
  ///
  /// @throws ClusterException when there is no answer: unreachable, no or expired credentials, out
  ///   of time, interrupted
  ApiAnswer send(ApiRequest request);

  /// Sends one request and hands over the body as it arrives; the caller closes it. A status of 400
  /// or more is thrown.
  ///
  /// @throws ClusterException as above, or for an error status
  InputStream open(ApiRequest request);
}
