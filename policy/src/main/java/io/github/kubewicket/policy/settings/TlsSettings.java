package io.github.kubewicket.policy.settings;

import java.nio.file.Path;
import java.util.Optional;

/// The server's certificate, from `http.tls`. The files are read again when they change.
///
/// @param certificate PEM, the leaf first
/// @param key PEM, PKCS#8
/// @param clientCa PEM, who issues the certificates of clients; where it is there, clients are
///   asked for one
public record TlsSettings(Path certificate, Path key, Optional<Path> clientCa) {}
