package io.github.kubewicket.server.cluster;

import java.io.InputStream;

/// The same API server, asked in another's name. There is no request that leaves it without.
record ApiAs(Api api, Identity identity) implements Api {
  @Override
  public ApiAnswer send(ApiRequest request) {
    return api.send(request.as(identity));
  }

  @Override
  public InputStream open(ApiRequest request) {
    return api.open(request.as(identity));
  }
}
