package io.github.kubewicket.policy;

/// In whose name Kubernetes is asked where a caller is impersonated. The ledger keeps both, so that
/// an entry can be found in Kubernetes' own audit log.
///
/// @param user the user that Kubernetes sees
/// @param requestId the id that comes with every request of the call
public record AskedAs(String user, String requestId) {}
