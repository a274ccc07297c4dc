package io.github.kubewicket.server.transport;

/// What the server tells a client about itself when they meet.
///
/// @param name the server's name, for machines
/// @param version its version
/// @param instructions how to use the tools together, for the model; every session pays for it
public record ServerInfo(String name, String version, String instructions) {}
