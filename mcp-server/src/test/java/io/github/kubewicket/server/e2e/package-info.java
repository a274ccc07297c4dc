/// The server as a process, against a real cluster: what an agent, a person and an attacker can do
/// from outside.
package io.github.kubewicket.server.e2e;
