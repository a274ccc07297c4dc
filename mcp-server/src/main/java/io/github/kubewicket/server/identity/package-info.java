/// Who is calling over HTTP: bearer tokens, JWTs, ServiceAccounts and client certificates.
@NullMarked
package io.github.kubewicket.server.identity;

import org.jspecify.annotations.NullMarked;
